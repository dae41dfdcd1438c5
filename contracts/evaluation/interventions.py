"""What the performance office does to a running cycle, as evaluation emits it: pause, resume, extend, cancel, admit."""

from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from pydantic import AwareDatetime

from contracts.base import Event, Phase, ScopeCode


class Intervention(StrEnum):
    """What was done to a running cycle."""

    PAUSED = "PAUSED"
    RESUMED = "RESUMED"
    EXTENDED = "EXTENDED"
    CANCELLED = "CANCELLED"


class _SteeringEvent(Event):
    topic: ClassVar[str] = "evaluation"
    cycle_id: UUID

    @property
    def key(self) -> str:
        return str(self.cycle_id)


class CyclePaused(_SteeringEvent):
    """No phase begins or ends, and no ladder moves, until the cycle is resumed."""

    paused_at: AwareDatetime
    paused_by: UUID
    reason: str


class CycleResumed(_SteeringEvent):
    """The cycle goes on; what was owed before the pause is due so many working days later."""

    resumption_id: UUID
    paused_at: AwareDatetime
    resumed_at: AwareDatetime
    resumed_by: UUID
    working_days: int
    reason: str
    phase: Phase | None = None
    """The phase that is open, if one does."""
    due_at: AwareDatetime | None = None
    """Its new due date."""


class PhaseExtended(_SteeringEvent):
    """A phase is due later, and with it everything that is owed in it, by so many working days."""

    extension_id: UUID
    phase: Phase
    former_due_at: AwareDatetime
    due_at: AwareDatetime
    working_days: int
    extended_by: UUID
    reason: str


class CycleCancelled(_SteeringEvent):
    """The cycle ends without its phases; nobody owes anything in it any more."""

    cancelled_at: AwareDatetime
    cancelled_by: UUID
    reason: str


class LateMembersEnrolled(_SteeringEvent):
    """People came after the enrolment and take part from now on; who they are, ``MembersEnrolled`` said before."""

    joined: int
    members: int
    """How many the cycle has now."""


class CycleScheduleChanged(Event):
    """Cycles of a scope open by themselves from now on, or no longer, or their calendar changed with the policy."""

    topic: ClassVar[str] = "evaluation"
    ce_name: ClassVar[str] = "season-changed"
    scope: ScopeCode
    opens_by_itself: bool

    @property
    def key(self) -> str:
        return f"season/{self.scope}"  # as before it was renamed: another key could overtake what waits in the topic


SteeringEvent = CyclePaused | CycleResumed | PhaseExtended | CycleCancelled | LateMembersEnrolled
STEERING_EVENTS: tuple[type[SteeringEvent], ...] = (
    CyclePaused,
    CycleResumed,
    PhaseExtended,
    CycleCancelled,
    LateMembersEnrolled,
)
