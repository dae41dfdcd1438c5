"""What events of plans are about: one person's plan in a cycle."""

from typing import ClassVar
from uuid import UUID

from contracts.base import Event


class PlanEvent(Event):
    """One person's plan."""

    abstract: ClassVar[bool] = True
    topic: ClassVar[str] = "plans"
    plan_id: UUID
    cycle_id: UUID
    servant_id: UUID

    @property
    def key(self) -> str:
        return str(self.plan_id)

    @property
    def subject(self) -> str:
        return str(self.servant_id)
