"""A small office in the directory copy, taken in the way a service takes what registry and evaluation tell."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from contracts.base import Event, Phase, Role, new_id
from contracts.evaluation.cycles import CycleOpened, MembersEnrolled, PhaseOpened
from contracts.evaluation.cycles import Member as Enrolled
from contracts.policy import Policy
from contracts.registry.calendars import CalendarPublished
from contracts.registry.policies import PolicyPublished
from contracts.registry.servants import ServantRecorded
from contracts.registry.units import UnitRecorded
from directory import take
from kit.db import Database
from tests.support import policies
from tests.support.holders import ABOVE


@dataclass(frozen=True)
class Office:
    """Who works here: the secretary rates the head, the head the section head, the section head five staff.

    The officer is rated by an inspector, with whom nobody else has to do: so no act of hers is one with a conflict.
    """

    tenant_id: str
    policy: Policy
    unit_id: UUID = field(default_factory=new_id)
    sekda: UUID = field(default_factory=new_id)
    head: UUID = field(default_factory=new_id)
    section_head: UUID = field(default_factory=new_id)
    staff: tuple[UUID, ...] = field(default_factory=lambda: tuple(new_id() for _ in range(5)))
    office: UUID = field(default_factory=new_id)
    """Has the role of the performance office."""
    panel: tuple[UUID, ...] = field(default_factory=lambda: (new_id(), new_id()))
    """Have the role of the independent panel; the first leads."""
    holders: dict[Role, UUID] = field(default_factory=lambda: {role: new_id() for role in ABOVE})
    """Of offices above: no civil servants, and known only where ``tests.support.holders.declare`` has told of them."""

    @property
    def everyone(self) -> tuple[UUID, ...]:
        """All people, top down."""
        return (self.sekda, self.head, self.section_head, *self.staff, self.office, *self.panel)

    def rater(self, person_id: UUID) -> UUID | None:
        """Who rates a person; nobody rates the secretary."""
        if person_id == self.sekda:
            return None
        if person_id in self.staff:
            return self.section_head
        if person_id == self.office:
            return self.panel[1]
        return self.head if person_id == self.section_head else self.sekda

    def authority(self, person_id: UUID) -> UUID | None:
        """The rater's rater."""
        rater = self.rater(person_id)
        return None if rater is None else self.rater(rater)

    def roles(self, person_id: UUID) -> tuple[Role, ...]:
        """Obligations of office beside the position."""
        if person_id == self.office:
            return (Role.PERFORMANCE_OFFICE,)
        return (Role.PANEL,) if person_id in self.panel else ()


@dataclass(frozen=True)
class Cycle:
    """A cycle in which the whole office takes part."""

    id: UUID
    tenant_id: str
    policy: Policy
    appraisals: dict[UUID, UUID]
    """The appraisal of each person."""


async def people(
    database: Database, place: str = "palembang", *, policy: Policy | None = None, kind: type[Office] = Office
) -> Office:
    """Put the office of a place into the copy: unit, people, policy and calendar."""
    chosen = policy or policies.policy(place)
    office = kind(tenant_id=policies.CITIES[place], policy=chosen)
    async with database.transaction(office.tenant_id) as session:
        await take.take_master_data(session, master_data(office))
    return office


def master_data(office: Office) -> list[Event]:
    """What the registry tells about the office."""
    tenant_id, policy = office.tenant_id, office.policy
    unit = UnitRecorded(
        tenant_id=tenant_id,
        unit_id=office.unit_id,
        revision=1,
        code="OPD-01",
        name="Dinas Contoh",
        kind="OPD",
        scope=policy.scope,
        period_months=policy.period_months,
    )
    published = PolicyPublished(tenant_id=tenant_id, scope=policy.scope, policy_version=policy.version, policy=policy)
    calendar = CalendarPublished(tenant_id=tenant_id, calendar=policies.calendar(), until=date(2027, 12, 31))
    return [unit, published, calendar, *(_servant(office, number, one) for number, one in enumerate(office.everyone))]


def _servant(office: Office, number: int, person_id: UUID) -> ServantRecorded:
    return ServantRecorded(
        tenant_id=office.tenant_id,
        servant_id=person_id,
        revision=1,
        nip=f"19490101197001{number:04d}",
        name=f"Pegawai {number:02d}",
        email=f"pegawai{number:02d}@example.go.id",
        employment_type="PNS",
        grade="III/a",
        position="Pelaksana",
        position_kind="PELAKSANA",
        unit_id=office.unit_id,
        is_head=person_id == office.head,
        rater_id=office.rater(person_id),
        authority_id=office.authority(person_id),
        roles=office.roles(person_id),
        language="en" if number == 4 else "id",
    )


async def open_cycle(
    database: Database, office: Office, *, start: date = date(2026, 1, 1), end: date = date(2026, 6, 30)
) -> Cycle:
    """Put a cycle with the whole office into the copy (not for evaluation, which owns cycles)."""
    cycle = Cycle(new_id(), office.tenant_id, office.policy, {person: new_id() for person in office.everyone})
    opened = CycleOpened(
        tenant_id=office.tenant_id,
        cycle_id=cycle.id,
        scope=office.policy.scope,
        name="Semester I 2026",
        period_start=start,
        period_end=end,
        months=office.policy.period_months,
        policy=office.policy,
        calendar_version=1,
    )
    async with database.transaction(office.tenant_id) as session:
        await take.take_cycle(session, opened)
        await take.take_members(session, enrolled(office, cycle))
    return cycle


def enrolled(office: Office, cycle: Cycle) -> MembersEnrolled:
    """What evaluation tells about the members."""
    members = tuple(
        Enrolled(
            appraisal_id=cycle.appraisals[person],
            servant_id=person,
            unit_id=office.unit_id,
            rater_id=office.rater(person),
            authority_id=office.authority(person),
            is_head=person == office.head,
        )
        for person in office.everyone
    )
    return MembersEnrolled(tenant_id=office.tenant_id, cycle_id=cycle.id, members=members)


async def open_phase(database: Database, cycle: Cycle, phase: Phase, *, days: int = 30) -> PhaseOpened:
    """Tell the copy that a phase began now."""
    now = database.clock.now()
    due = now + timedelta(days=days)
    opened = PhaseOpened(tenant_id=cycle.tenant_id, cycle_id=cycle.id, phase=phase, opened_at=now, due_at=due)
    async with database.transaction(cycle.tenant_id) as session:
        await take.take_phase(session, opened)
    return opened
