"""Reads of the copy: people, the performance office, policies, calendars, cycles and members."""

from uuid import UUID

from sqlalchemy import ColumnElement, Select, Text, bindparam, func, literal_column, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import defer
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from contracts.calendar import LegalCalendar
from contracts.policy import Policy
from contracts.registry.personnel import Status
from directory.models import CalendarCopy, CycleCopy, Member, Person, PolicyCopy, Unit
from kit.arrival import missing
from kit.db import situation
from kit.errors import KinerjaError, NotFound, NotReady

# Statements are built here once: building one costs as much as running it.
_PERSON = select(Person).where(col(Person.id) == bindparam("id"))
_UNIT = select(Unit).where(col(Unit.id) == bindparam("id"))
_NONE: ColumnElement[list[str]] = literal_column("'{}'::text[]")
_HOLDERS = (
    select(col(Person.id))
    .where(
        col(Person.roles).contains(bindparam("roles", type_=ARRAY(Text))),
        col(Person.roles) != _NONE,  # says what the index of the few who have one says
        col(Person.active),
        col(Person.status) == Status.ACTIVE.value,
    )
    .order_by(col(Person.nip))
)
_HOLDERS_OF = (
    select(col(Person.id), col(Person.roles))
    .where(
        col(Person.roles).bool_op("&&")(bindparam("roles", type_=ARRAY(Text))),
        col(Person.roles) != _NONE,
        col(Person.active),
        col(Person.status) == Status.ACTIVE.value,
    )
    .order_by(col(Person.nip), col(Person.id))
)
_CALENDAR = select(col(CalendarCopy.calendar))
_WEEKS = (
    select(func.array_agg(func.array_to_string(col(Unit.work_days), ",").distinct()))
    .where(col(Unit.work_days).is_not(None))
    .scalar_subquery()
)
_CALENDAR_VERSION = select(col(CalendarCopy.version), _WEEKS.label("weeks"))
"""With the weeks of units that have one of their own: one question, since nearly every command asks it."""
_OWN_WEEK = (
    select(col(Unit.work_days))
    .join(Person, col(Person.unit_id) == col(Unit.id))
    .where(col(Person.id) == bindparam("person_id"))
)
_CYCLE = (
    select(CycleCopy).where(col(CycleCopy.id) == bindparam("id")).options(defer(CycleCopy.policy, raiseload=True))  # type: ignore[arg-type]  # SQLModel types it by its value
)
_FROZEN = select(col(CycleCopy.policy)).where(col(CycleCopy.id) == bindparam("id"))
_MEMBER = select(Member).where(
    col(Member.cycle_id) == bindparam("cycle_id"), col(Member.servant_id) == bindparam("servant_id")
)


async def person(session: AsyncSession, person_id: UUID) -> Person:
    """The civil servant; raises NotFound."""
    found = (await session.scalars(_PERSON, {"id": person_id})).first()
    if found is None:
        raise NotFound(f"no civil servant {person_id} in this city", f"pegawai {person_id} tidak ada di kota ini")
    return found


async def unit(session: AsyncSession, unit_id: UUID) -> Unit:
    """The unit; raises NotFound."""
    found = (await session.scalars(_UNIT, {"id": unit_id})).first()
    if found is None:
        raise NotFound(f"no unit {unit_id} in this city", f"unit {unit_id} tidak ada di kota ini")
    return found


async def people_of(session: AsyncSession, *, unit_id: UUID | None, person_id: UUID | None) -> Select[UUID]:
    """A select of ids: of the person, or of everybody of the unit and those below it; raises NotFound for the unknown."""
    found = select(col(Person.id))
    if person_id is not None:
        await person(session, person_id)
        found = found.where(col(Person.id) == person_id)
    if unit_id is not None:
        await unit(session, unit_id)
        below = select(col(Unit.id)).where(col(Unit.id) == unit_id).cte("below", recursive=True)
        below = below.union(select(col(Unit.id)).where(col(Unit.parent_id) == below.c.id))
        found = found.where(col(Person.unit_id).in_(select(below.c.id)))
    return found


async def holders(session: AsyncSession, role: Role) -> list[UUID]:
    """Everybody with a role of office, in a stable order."""
    return list((await session.scalars(_HOLDERS, {"roles": [role.value]})).all())


async def holders_of(session: AsyncSession, *roles: Role) -> dict[Role, tuple[UUID, ...]]:
    """Everybody with each of these roles, in a stable order; one question for all of them."""
    asked = {"roles": [role.value for role in roles]}
    rows = (await session.execute(_HOLDERS_OF, asked)).all()
    return {role: tuple(row.id for row in rows if role in row.roles) for role in roles}


async def office(session: AsyncSession) -> UUID | None:
    """The person to whom the performance office's obligations go, if the city has one."""
    found = await holders(session, Role.PERFORMANCE_OFFICE)
    return found[0] if found else None


async def arrived_office(session: AsyncSession) -> UUID:
    """The performance office; raises NotReady while nobody with that role has arrived."""
    if (found := await office(session)) is None:
        raise NotReady(
            "the performance office of this city has not arrived yet", "pengelola kinerja kota ini belum diterima"
        )
    return found


async def calendar(session: AsyncSession) -> LegalCalendar:
    """The city's legal calendar; raises NotReady while it has not arrived. Each version is read once a process."""
    newest = (await session.execute(_CALENDAR_VERSION)).first()
    if newest is None:
        raise NotReady("the city's calendar has not arrived yet", "kalender kota belum diterima")
    session.info["weeks"] = [tuple(map(int, week.split(","))) for week in sorted(newest.weeks or ())]
    now = situation(session)
    key = "calendar", now.actor.tenant_id, newest.version
    if (known := now.remembered.get(key)) is None:
        stored = (await session.execute(_CALENDAR)).scalar_one()
        known = now.remembered[key] = LegalCalendar.model_validate(stored)
    found: LegalCalendar = known
    return found


async def calendar_of(session: AsyncSession, person_id: UUID | None) -> LegalCalendar:
    """The legal calendar on the week of the person's unit (a hospital may work six days); as :func:`calendar`."""
    found = await calendar(session)
    if person_id is None or not session.info["weeks"]:
        return found
    week = (await session.execute(_OWN_WEEK, {"person_id": person_id})).scalar()
    return found.for_week(None if week is None else tuple(week))


async def policy(session: AsyncSession, scope: str) -> Policy:
    """The newest policy of a scope; raises NotFound."""
    newest = select(PolicyCopy).where(col(PolicyCopy.scope) == scope).order_by(col(PolicyCopy.version).desc()).limit(1)
    found = (await session.scalars(newest)).first()
    if found is None:
        raise NotFound(f"no policy for {scope}: import one first", f"belum ada kebijakan untuk {scope}")
    return Policy.model_validate(found.policy)


def _not_here(session: AsyncSession, cycle_id: UUID) -> KinerjaError:
    return missing(session, f"no cycle {cycle_id} is known here", f"siklus {cycle_id} tidak dikenal di sini")


async def cycle(session: AsyncSession, cycle_id: UUID) -> CycleCopy:
    """The cycle without its policy (see :func:`cycle_policy`); while it is not here raises what kit.arrival says."""
    found = (await session.scalars(_CYCLE, {"id": cycle_id})).first()
    if found is None:
        raise _not_here(session, cycle_id)
    return found


async def known_cycle(session: AsyncSession, cycle_id: UUID) -> None:
    """Raises NotFound for a cycle that this city does not have, so that a reader does not take it for an empty one."""
    if (await session.scalars(select(col(CycleCopy.id)).where(col(CycleCopy.id) == cycle_id))).first() is None:
        raise NotFound(f"no cycle {cycle_id} in this city", f"siklus {cycle_id} tidak ada di kota ini")


async def cycle_policy(session: AsyncSession, cycle_id: UUID) -> Policy:
    """The policy that the cycle froze; read once a process, because it never changes. Raises like the cycle."""
    now = situation(session)
    key = "policy", now.actor.tenant_id, cycle_id
    if (known := now.remembered.get(key)) is None:
        if (stored := (await session.execute(_FROZEN, {"id": cycle_id})).scalar()) is None:
            raise _not_here(session, cycle_id)
        known = now.remembered[key] = Policy.model_validate(stored)
    found: Policy = known
    return found


async def open_cycle_of(session: AsyncSession, servant_id: UUID) -> Member:
    """The membership of a person in the newest cycle that is not closed; raises NotFound."""
    newest = (
        select(Member)
        .join(CycleCopy, (col(CycleCopy.id) == col(Member.cycle_id)))
        .where(col(Member.servant_id) == servant_id, ~col(CycleCopy.closed))
        .order_by(col(CycleCopy.period_start).desc())
        .limit(1)
    )
    found = (await session.scalars(newest)).first()
    if found is None:
        raise NotFound("this person takes part in no open cycle", "pegawai ini tidak mengikuti siklus yang terbuka")
    return found


async def member(session: AsyncSession, cycle_id: UUID, servant_id: UUID) -> Member:
    """The membership of a person in a cycle; raises NotFound."""
    found = (await session.scalars(_MEMBER, {"cycle_id": cycle_id, "servant_id": servant_id})).first()
    if found is None:
        raise NotFound("this person takes no part in this cycle", "pegawai ini tidak mengikuti siklus ini")
    return found


async def all_arrived(session: AsyncSession, cycle_id: UUID, members: int) -> None:
    """Raises NotReady while fewer members have arrived than the cycle has; the workflow asks again."""
    counting = select(func.count()).select_from(Member).where(col(Member.cycle_id) == cycle_id)
    arrived = (await session.execute(counting)).scalar_one()
    if arrived < members:
        raise NotReady(f"{arrived} of {members} members have arrived", f"{arrived} dari {members} peserta sudah masuk")
