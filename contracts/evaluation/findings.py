"""What the evaluation service emits of findings: opened, asked about, answered, closed, and assessments revised."""

from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from pydantic import AwareDatetime

from contracts.about import AboutAppraisal
from contracts.base import AssessorRole, Event
from contracts.evaluation.about import AppraisalEvent


class AnswerOutcome(StrEnum):
    """What the one who was asked did."""

    KEPT = "KEPT"
    REVISED = "REVISED"
    SILENT = "SILENT"
    """No answer in time: what was found goes on as it is."""


class _ModerationEvent(Event):
    topic: ClassVar[str] = "evaluation"
    cycle_id: UUID
    moderation_id: UUID
    """For a finding about one person this is the appraisal's id, so that its events keep one order."""
    concerns_id: UUID | None
    """Whose assessments it is about, or who leads the unit; not the person appraised."""

    @property
    def key(self) -> str:
        return str(self.moderation_id)

    @property
    def subject(self) -> str:
        return str(self.concerns_id or self.moderation_id)


class ModerationOpened(_ModerationEvent):
    """Statistics of a rater, or the predicates of a unit, must be looked at by the performance office."""

    withheld: ClassVar[bool] = True
    unit_id: UUID | None
    codes: tuple[str, ...]
    finding_id: str
    """In words, Indonesian."""
    finding_en: str


class ModerationAsked(_ModerationEvent):
    """The performance office asks the one concerned; a result is never changed over a rater's head."""

    withheld: ClassVar[bool] = True
    servant_id: UUID | None
    """The person appraised, for a finding about one person."""
    question: str
    answer_by: AwareDatetime


class ModerationAnswered(_ModerationEvent):
    """The one concerned kept or revised, with a reason."""

    withheld: ClassVar[bool] = True
    outcome: AnswerOutcome
    reason: str


class ModerationClosed(_ModerationEvent):
    """A finding about a rater or a unit is closed, with the reason."""

    withheld: ClassVar[bool] = True
    outcome: AnswerOutcome | None
    """None where the office did not ask."""
    reason: str


class AssessmentRevised(AboutAppraisal):
    """An assessor changed an assessment from which a result had been computed, after a question; the version before is kept."""

    withheld: ClassVar[bool] = True
    topic: ClassVar[str] = "evaluation"
    moderation_id: UUID
    assessor_id: UUID
    role: AssessorRole
    version: int
    reason: str


class ModerationRequired(AppraisalEvent):
    """A finding must be looked at by the performance office before the result is issued."""

    withheld: ClassVar[bool] = True
    finding: str


class ModerationDone(AppraisalEvent):
    """The performance office looked at the finding and gave its reason."""

    withheld: ClassVar[bool] = True
    reason: str
