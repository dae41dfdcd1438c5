"""What the feedback service emits of objections, from filing to decision (PermenPANRB 6/2022 art. 29, L V.B).

Late admission comes before an objection, another authority at any time until the decision.
"""

from enum import StrEnum
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import AwareDatetime, StringConstraints

from contracts.amendments import ScoreChange
from contracts.base import Event, Frozen, Rating
from contracts.feedback.about import ServantEvent


class ObjectionOutcome(StrEnum):
    """How an objection was decided; remand is not offered (PP 30/2019 art. 59)."""

    UPHELD = "UPHELD"
    """The result is kept."""
    AMENDED = "AMENDED"
    """The authority changed and set the result."""


class DecidedItem(Frozen):
    """What was decided about one contested item."""

    item: Annotated[str, StringConstraints(max_length=300)]
    """As the servant contested it."""
    amended: bool
    reason: Annotated[str, StringConstraints(max_length=8000)]


class Decision(Frozen):
    """What the reviewing authority decided, in all and about each contested item."""

    outcome: ObjectionOutcome
    reason: str
    result_rating: Rating | None = None
    behaviour_rating: Rating | None = None
    items: tuple[DecidedItem, ...] = ()


class _AboutResult(Event):
    topic: ClassVar[str] = "feedback"
    cycle_id: UUID
    servant_id: UUID
    result_id: UUID

    @property
    def key(self) -> str:
        return str(self.servant_id)


class LateObjectionAdmitted(_AboutResult):
    """The authority lets an objection in after the window, with a reason (PermenPANRB 6/2022, L V.B.1-2)."""

    admitted_by: UUID
    reason: str
    file_until: AwareDatetime


class _ObjectionEvent(ServantEvent):
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


class ObjectionAssigned(_AboutResult):
    """The performance office named who decides instead, because of a conflict of interest."""

    objection_id: UUID
    authority_id: UUID
    former_id: UUID
    reason: str


class ObjectionEscalated(_ObjectionEvent):
    """The decision is overdue, which the performance office is notified of. There is no deemed decision."""


class ObjectionDecided(_ObjectionEvent):
    """The rater's superior decided; the decision is final."""

    authority_id: UUID
    decision: Decision
    scores: tuple[ScoreChange, ...] | None = None
    """Criteria and indicators that the authority set anew."""


class ObjectionWithdrawn(_ObjectionEvent):
    """The servant withdrew the objection."""
