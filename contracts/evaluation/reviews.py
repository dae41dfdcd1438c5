"""What the evaluation service emits when the appraisal system itself was reviewed, and of what was decided then."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from contracts.base import Event, Frozen
from contracts.evaluation.about import CycleEvent


class DecidedAction(Frozen):
    """What was decided in a review: who does it, and until when."""

    action_id: UUID
    what: str
    responsible_id: UUID
    until: date


class SystemReviewed(CycleEvent):
    """The performance office judged the appraisal system itself (Binjai)."""

    metrics: dict[str, int]
    actions: tuple[str, ...]
    decided: tuple[DecidedAction, ...] | None = None
    """The same actions with who does each; unknown of reviews before they were kept."""


class ReviewActionsLeft(CycleEvent):
    """A cycle opened while actions that reviews of earlier ones decided are not done."""

    left: int


class ReviewActionMarked(Event):
    """Somebody said whether an action is done, with a word about it."""

    topic: ClassVar[str] = "evaluation"
    action_id: UUID
    cycle_id: UUID
    """In whose review it was decided."""
    done: bool
    word: str
    marked_by: UUID

    @property
    def key(self) -> str:
        return str(self.action_id)
