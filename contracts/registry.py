"""What the registry tells: master data, one event per changed entity, keyed by the entity (a compacted topic)."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import AwareDatetime

from contracts.base import Event, Role, ScopeCode
from contracts.calendar import LegalCalendar, SpecialDay
from contracts.personnel import ActingKind, ChangeKind, RelationChange, Status
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
    work_days: tuple[int, ...] | None = None
    """The week that applies here, Monday = 0; None is the city's."""

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
    status: Status | None = None
    """None, as it was told before there was one, is ACTIVE."""

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
    days: tuple[SpecialDay, ...] | None = None
    """Every day that differs from the week, with the reason."""

    @property
    def key(self) -> str:
        return f"calendar/{self.tenant_id}"


class OutageRecorded(Event):
    """The system was down; what fell due meanwhile is extended by the working days lost."""

    topic: ClassVar[str] = "registry"
    outage_id: UUID
    began_at: AwareDatetime
    ended_at: AwareDatetime
    reason: str
    recorded_by: UUID

    @property
    def key(self) -> str:
        return f"outage/{self.outage_id}"


class PersonnelChanged(Event):
    """Something changed about a person from a day on, and who rates whom because of it."""

    topic: ClassVar[str] = "registry"
    change_id: UUID
    servant_id: UUID
    kind: ChangeKind
    effective_on: date
    reason: str
    status: Status
    """Of the person from that day on."""
    unit_id: UUID
    former_unit_id: UUID | None = None
    """The unit before a transfer."""
    acting: ActingKind | None = None
    until: date | None = None
    """Last day, where the change ends by itself."""
    recorded_by: UUID
    relations: tuple[RelationChange, ...] = ()
    """Everybody who has another rater, authority or unit from that day on."""

    @property
    def key(self) -> str:
        return f"change/{self.change_id}"

    @property
    def subject(self) -> str:
        return str(self.servant_id)
