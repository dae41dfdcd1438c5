"""What the feedback service emits of questions about a provisional result, and of their answers."""

from uuid import UUID

from contracts.amendments import ScoreChange
from contracts.base import Rating
from contracts.feedback.about import ServantEvent


class ClarificationRequested(ServantEvent):
    """A servant asks, or argues that the provisional result does not match reality (Dumai)."""

    clarification_id: UUID
    appraisal_id: UUID
    rater_id: UUID


class ClarificationAnswered(ServantEvent):
    """The rater explained or amended the provisional result."""

    clarification_id: UUID
    appraisal_id: UUID
    answered_by: UUID
    outcome: str
    """EXPLAINED or AMENDED."""
    result_rating: Rating | None = None
    behaviour_rating: Rating | None = None
    reason: str = ""
    scores: tuple[ScoreChange, ...] | None = None
    """Criteria and indicators that the rater set anew."""
