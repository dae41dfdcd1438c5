"""What the feedback service emits of the survey of the appraisal system, once nobody answers it any more."""

from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from contracts.base import Event


class SystemSurveyed(Event):
    """What people said of the system, of the whole cycle together (BJI-7)."""

    topic: ClassVar[str] = "feedback"
    cycle_id: UUID
    people: int | None
    """Who answered; None where they are fewer than the policy's minimum, and then there are no means."""
    means: tuple[Decimal, ...] = ()
    """1 to 5, one a statement of the policy, in its order."""

    @property
    def key(self) -> str:
        return str(self.cycle_id)
