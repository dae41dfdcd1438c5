"""What the evaluation service emits of assessments and their sources."""

from typing import ClassVar
from uuid import UUID

from contracts.base import AssessorRole
from contracts.evaluation.about import AppraisalEvent


class AssessmentSubmitted(AppraisalEvent):
    """An assessor rated; of an anonymous one it is told with all others once the result is computed, without a name."""

    withheld: ClassVar[bool] = True
    role: AssessorRole
    assessor_id: UUID | None
    before_organisation: bool = False
    """The superior assessed before the achievement of the organisation was set (arts 24-25)."""


class PeersNominated(AppraisalEvent):
    """A servant named colleagues who may assess him or her; whom, stays between servant and rater."""

    withheld: ClassVar[bool] = True
    rater_id: UUID


class PeersSettled(AppraisalEvent):
    """The rater answered which of the named colleagues may assess; which, the servant does not learn."""

    withheld: ClassVar[bool] = True


class SourceDropped(AppraisalEvent):
    """A source had too few assessors, so its share was renormalised over the others."""

    withheld: ClassVar[bool] = True
    role: AssessorRole
    received: int
    minimum: int
