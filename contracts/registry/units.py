"""What the registry emits of units."""

from typing import ClassVar
from uuid import UUID

from contracts.base import Event, ScopeCode


class UnitRecorded(Event):
    """A unit (OPD, kecamatan, section) as it now is."""

    topic: ClassVar[str] = "registry"
    unit_id: UUID
    revision: int
    """Grows with every change; an older revision never overwrites a newer one."""
    code: str
    name: str
    kind: str
    parent_id: UUID | None = None
    scope: ScopeCode
    """The policy scope that applies here, after inheritance."""
    period_months: int
    """The period that applies here: the policy's, or the one the agency chose."""
    active: bool = True
    work_days: tuple[int, ...] | None = None
    """The week that applies here, Monday = 0; None is the city's."""

    @property
    def key(self) -> str:
        return str(self.unit_id)
