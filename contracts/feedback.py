"""What the feedback service tells: sessions, feedback, ideas, clarifications, objections, development, recognition."""

from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from pydantic import AwareDatetime

from contracts import obligations
from contracts.about import AboutServant
from contracts.base import Event, Frozen, Rating
from contracts.improvement import IMPROVEMENT_EVENTS
from contracts.objections import OBJECTION_EVENTS, DecidedItem
from contracts.support import SUPPORT_EVENTS

MORE_EVENTS = OBJECTION_EVENTS + IMPROVEMENT_EVENTS + SUPPORT_EVENTS
"""Told by this service as well: late admissions, improvement cases, support and coaching."""


class ObligationsOpened(obligations.ObligationsOpened):
    """Duties around feedback came into being."""

    topic: ClassVar[str] = "feedback"


class ObligationsClosed(obligations.ObligationsClosed):
    """Duties around feedback ended."""

    topic: ClassVar[str] = "feedback"


class ObligationsStepped(obligations.ObligationsStepped):
    """Ladders of duties around feedback moved."""

    topic: ClassVar[str] = "feedback"


class ObligationsMoved(obligations.ObligationsMoved):
    """Duties around feedback were moved to another day or person."""

    topic: ClassVar[str] = "feedback"


class PhaseCleared(obligations.PhaseCleared):
    """Nobody owes the feedback service anything more in a phase."""

    topic: ClassVar[str] = "feedback"


OBLIGATIONS = obligations.ObligationEvents(
    ObligationsOpened, ObligationsClosed, ObligationsStepped, PhaseCleared, ObligationsMoved
)


class _PersonEvent(AboutServant):
    topic: ClassVar[str] = "feedback"


class SessionHeld(Event):
    """A training or socialisation session took place; attendance is recorded."""

    topic: ClassVar[str] = "feedback"
    cycle_id: UUID
    session_id: UUID
    title: str
    held_on: date
    attended: int

    @property
    def key(self) -> str:
        return str(self.session_id)


class StandardAcknowledged(_PersonEvent):
    """A servant has read the criteria of the cycle (read receipt)."""

    policy_version: int


class FeedbackGiven(_PersonEvent):
    """Feedback with what was observed and how to go on; who speaks to a leader or a colleague is named inside only."""

    internal: ClassVar[bool] = True
    feedback_id: UUID
    author_id: UUID
    direction: str
    """DOWN, UP, PEER or OTHER."""
    occasion: str | None = None
    """REGULAR or INCIDENTAL (PermenPANRB 6/2022 arts 17-19)."""
    channel: str | None = None
    """DIRECT or INDIRECT."""


class FeedbackAnswered(_PersonEvent):
    """The one concerned answered the feedback."""

    internal: ClassVar[bool] = True
    feedback_id: UUID
    author_id: UUID


class IdeaSubmitted(_PersonEvent):
    """A subordinate brought an idea to the leader (Plaju)."""

    idea_id: UUID
    leader_id: UUID
    title: str


class IdeaAnswered(_PersonEvent):
    """The leader answered the idea."""

    idea_id: UUID
    leader_id: UUID
    adopted: bool


class ClarificationRequested(_PersonEvent):
    """A servant asks, or argues that the provisional result does not match reality (Dumai)."""

    clarification_id: UUID
    appraisal_id: UUID
    rater_id: UUID


class ClarificationAnswered(_PersonEvent):
    """The rater explained or amended the provisional result."""

    clarification_id: UUID
    appraisal_id: UUID
    answered_by: UUID
    outcome: str
    """EXPLAINED or AMENDED."""
    result_rating: Rating | None = None
    behaviour_rating: Rating | None = None
    reason: str = ""


class ObjectionOutcome(StrEnum):
    """How an objection was decided; remand is not offered (PP 30/2019 art. 59)."""

    UPHELD = "UPHELD"
    """The result is kept."""
    AMENDED = "AMENDED"
    """The authority changed and set the result."""


class Decision(Frozen):
    """What the reviewing authority decided, in all and about each contested item."""

    outcome: ObjectionOutcome
    reason: str
    result_rating: Rating | None = None
    behaviour_rating: Rating | None = None
    items: tuple[DecidedItem, ...] = ()


class _ObjectionEvent(_PersonEvent):
    objection_id: UUID
    appraisal_id: UUID
    result_id: UUID


class ObjectionFiled(_ObjectionEvent):
    """A servant objects to a result, with reasons, inside the window (PermenPANRB 6/2022 art. 29)."""

    rater_id: UUID
    authority_id: UUID
    filed_at: AwareDatetime
    statements_by: AwareDatetime
    decide_by: AwareDatetime


class StatementsRequested(_ObjectionEvent):
    """Both the rater and the servant are asked for an explanation (L V.B.3-4)."""

    rater_id: UUID


class StatementGiven(_ObjectionEvent):
    """One side explained."""

    by_id: UUID
    complete: bool
    """Both statements are in."""


class ObjectionEscalated(_ObjectionEvent):
    """The decision is overdue; the performance office was told. There is no deemed decision."""


class ObjectionDecided(_ObjectionEvent):
    """The rater's superior decided; the decision is final."""

    authority_id: UUID
    decision: Decision


class ObjectionWithdrawn(_ObjectionEvent):
    """The servant withdrew the objection."""


class DevelopmentPlanned(_PersonEvent):
    """A development action was agreed: training, coaching, counselling or mentoring."""

    action_id: UUID
    kind: str
    planned_by: UUID


class DevelopmentProposed(_PersonEvent):
    """A result below target asks for a development action; the rater is to plan it."""

    action_id: UUID
    reason: str


class RecognitionProposed(_PersonEvent):
    """A result among the best is proposed for recognition; a competent official decides."""

    recognition_id: UUID
    kind: str
    basis: str


class DevelopmentCompleted(_PersonEvent):
    """The development action was carried out, and what came of it."""

    action_id: UUID
    outcome: str


class RecognitionDecided(_PersonEvent):
    """The competent official approved or declined a recognition, with a reason."""

    recognition_id: UUID
    approved: bool
    reason: str


class ConsequencesSuperseded(_PersonEvent):
    """A result got a newer version: what had followed from the one before no longer counts."""

    result_id: UUID
    by_version: int
    recognition_id: UUID | None
    """Proposed or decided; what was decided must be looked at again."""
    action_id: UUID | None
    """Not planned yet, so nobody owes it any more."""
