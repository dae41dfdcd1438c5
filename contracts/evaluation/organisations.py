"""What the evaluation service emits of the achievement of organisations."""

from typing import ClassVar
from uuid import UUID

from contracts.base import Event, OrgPerformance


class OrgPerformanceSet(Event):
    """The achievement of a unit's organisation was set (SE MenPANRB 3/2023)."""

    topic: ClassVar[str] = "evaluation"
    cycle_id: UUID
    unit_id: UUID
    performance: OrgPerformance
    set_by: UUID

    @property
    def key(self) -> str:
        return str(self.unit_id)
