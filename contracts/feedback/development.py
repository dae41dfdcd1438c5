"""What the feedback service emits of development actions and recognitions that follow a result."""

from uuid import UUID

from contracts.evidence import Evidence
from contracts.feedback.about import ServantEvent


class DevelopmentPlanned(ServantEvent):
    """A development action was agreed: training, coaching, counselling or mentoring."""

    action_id: UUID
    kind: str
    planned_by: UUID


class DevelopmentProposed(ServantEvent):
    """A result below target asks for a development action; the rater is to plan it."""

    action_id: UUID
    reason: str
    proposal_id: UUID | None = None
    """The accepted proposal that opened it, or joined what the result had opened."""
    rater_id: UUID | None = None


class RecognitionProposed(ServantEvent):
    """A result among the best is proposed for recognition; a competent official decides."""

    recognition_id: UUID
    kind: str
    basis: str


class DevelopmentCompleted(ServantEvent):
    """The development action ended: it was carried out, and what came of it, or it was not held, and why."""

    action_id: UUID
    outcome: str
    not_held: bool = False


class DevelopmentUnreported(ServantEvent):
    """Nobody recorded what came of a development action until its ladder ended."""

    action_id: UUID
    planned_by: UUID


class RecognitionDecided(ServantEvent):
    """The competent official approved or declined a recognition, with a reason."""

    recognition_id: UUID
    approved: bool
    reason: str
    kind: str | None = None
    document: Evidence | None = None
    """The decree or certificate."""


class ConsequencesSuperseded(ServantEvent):
    """A result got a newer version: what had followed from the one before no longer counts."""

    result_id: UUID
    by_version: int
    recognition_id: UUID | None
    """Proposed or decided; what was decided must be looked at again."""
    action_id: UUID | None
    """Not planned yet, so nobody owes it any more."""


class RecognitionDocumented(ServantEvent):
    """The decree or certificate of an approved recognition was recorded."""

    recognition_id: UUID
    kind: str
    document: Evidence
