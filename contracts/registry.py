"""What the registry tells: master data, one event per changed entity, keyed by the entity (a compacted topic)."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from contracts.base import Event, Role, ScopeCode
from contracts.calendar import LegalCalendar
from contracts.policy import Policy


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

    @property
    def key(self) -> str:
        return str(self.unit_id)


class ServantRecorded(Event):
    """A civil servant as he or she now is, with the rater relation that applies today."""

    topic: ClassVar[str] = "registry"
    servant_id: UUID
    revision: int
    nip: str
    name: str
    email: str
    employment_type: str
    grade: str
    position: str
    position_kind: str
    unit_id: UUID
    is_head: bool
    """Leads the unit: the unit's achievement is the rating of his or her results."""
    rater_id: UUID | None
    authority_id: UUID | None
    """Reviewing authority: the rater's superior."""
    roles: tuple[Role, ...] = ()
    language: str = "id"
    active: bool = True

    @property
    def key(self) -> str:
        return str(self.servant_id)


class PolicyPublished(Event):
    """An effective policy of one scope, inheritance resolved."""

    topic: ClassVar[str] = "registry"
    scope: ScopeCode
    policy_version: int
    policy: Policy

    @property
    def key(self) -> str:
        return f"policy/{self.scope}/{self.policy_version}"


class CalendarPublished(Event):
    """The legal calendar of a city for the years around now."""

    topic: ClassVar[str] = "registry"
    calendar: LegalCalendar
    until: date
    """The calendar knows no holidays after this date."""

    @property
    def key(self) -> str:
        return f"calendar/{self.tenant_id}"
