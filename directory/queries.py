"""Reads of the copy: people, the performance office, policies, calendars, cycles and members."""

from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from contracts.calendar import LegalCalendar
from contracts.policy import Policy
from directory.models import CalendarCopy, CycleCopy, Member, Person, PolicyCopy, Unit
from kit.db import actor
from kit.errors import NotFound, NotReady

_FROZEN: dict[tuple[str, UUID], Policy] = {}
"""Policies by city and cycle: a city opens a few cycles a year, and a process is restarted more often than this could grow."""


async def person(session: AsyncSession, person_id: UUID) -> Person:
    """The civil servant; raises NotFound."""
    found = (await session.scalars(select(Person).where(col(Person.id) == person_id))).first()
    if found is None:
        raise NotFound(f"no civil servant {person_id} in this city", f"pegawai {person_id} tidak ada di kota ini")
    return found


async def unit(session: AsyncSession, unit_id: UUID) -> Unit:
    """The unit; raises NotFound."""
    found = (await session.scalars(select(Unit).where(col(Unit.id) == unit_id))).first()
    if found is None:
        raise NotFound(f"no unit {unit_id} in this city", f"unit {unit_id} tidak ada di kota ini")
    return found


async def holders(session: AsyncSession, role: Role) -> list[UUID]:
    """Everybody with a duty of office, in a stable order."""
    having = select(col(Person.id)).where(col(Person.roles).contains([role.value]), col(Person.active))
    return list((await session.scalars(having.order_by(col(Person.nip)))).all())


async def office(session: AsyncSession) -> UUID | None:
    """The person to whom the performance office's duties go, if the city has one."""
    found = await holders(session, Role.PERFORMANCE_OFFICE)
    return found[0] if found else None


async def calendar(session: AsyncSession) -> LegalCalendar:
    """The city's legal calendar; raises NotReady while it has not arrived."""
    found = (await session.scalars(select(CalendarCopy))).first()
    if found is None:
        raise NotReady("the city's calendar has not arrived yet", "kalender kota belum diterima")
    return LegalCalendar.model_validate(found.calendar)


async def policy(session: AsyncSession, scope: str) -> Policy:
    """The newest policy of a scope; raises NotFound."""
    newest = select(PolicyCopy).where(col(PolicyCopy.scope) == scope).order_by(col(PolicyCopy.version).desc()).limit(1)
    found = (await session.scalars(newest)).first()
    if found is None:
        raise NotFound(f"no policy for {scope}: import one first", f"belum ada kebijakan untuk {scope}")
    return Policy.model_validate(found.policy)


async def cycle(session: AsyncSession, cycle_id: UUID) -> CycleCopy:
    """The cycle; raises NotReady while it has not arrived."""
    found = (await session.scalars(select(CycleCopy).where(col(CycleCopy.id) == cycle_id))).first()
    if found is None:
        raise NotReady(f"cycle {cycle_id} has not arrived yet", f"siklus {cycle_id} belum diterima")
    return found


async def cycle_policy(session: AsyncSession, cycle_id: UUID) -> Policy:
    """The policy that the cycle froze; read once a process, because it never changes."""
    key = actor(session).tenant_id, cycle_id
    if (known := _FROZEN.get(key)) is None:
        known = _FROZEN[key] = Policy.model_validate((await cycle(session, cycle_id)).policy)
    return known


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
    one = select(Member).where(col(Member.cycle_id) == cycle_id, col(Member.servant_id) == servant_id)
    found = (await session.scalars(one)).first()
    if found is None:
        raise NotFound("this person takes no part in this cycle", "pegawai ini tidak mengikuti siklus ini")
    return found


async def all_arrived(session: AsyncSession, cycle_id: UUID, members: int) -> None:
    """Raises NotReady while fewer members have arrived than the cycle has; a story asks again."""
    counting = select(func.count()).select_from(Member).where(col(Member.cycle_id) == cycle_id)
    arrived = (await session.execute(counting)).scalar_one()
    if arrived < members:
        raise NotReady(f"{arrived} of {members} members have arrived", f"{arrived} dari {members} peserta sudah masuk")
