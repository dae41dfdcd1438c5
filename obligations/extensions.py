"""More time by a recorded decision or fact: for a unit or a person, and for what fell due while the system was down.

An extension of a whole phase is the cycle's own matter; here are those that concern only some.
"""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID, uuid5

from pydantic import StringConstraints
from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Mapped
from sqlmodel import SQLModel, col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Frozen, Phase, Role
from contracts.calendar import LegalCalendar
from contracts.obligations import MoveCause, ObligationEvents, ObligationKind
from contracts.registry.calendars import OutageRecorded
from directory import queries
from directory.models import Person, Unit
from directory.weeks import of_week, weeks
from kit.db import actor
from kit.errors import Forbidden, Invalid, Refused
from obligations.legal_dates import end_of_day, later, local_date, next_working_day, working_days
from obligations.rows import ObligationRow
from obligations.shifting import Because, Later, put_off, put_off_limits

BY_LAW = frozenset({ObligationKind.GIVE_STATEMENT, ObligationKind.DECIDE_OBJECTION})
"""Limits that protect the other side (PermenPANRB 6/2022, L V.B.3-6): nobody may give more time for them."""


class NewExtension(Frozen):
    """Until when, why, and for whom: a unit with all below it, or one person; for a phase, an obligation, or both."""

    until: date
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=5, max_length=1000)]
    unit_id: UUID | None = None
    person_id: UUID | None = None
    phase: Phase | None = None
    duty: ObligationKind | None = None


class Extended(Frozen):
    """What came of it."""

    moved: int
    """Obligations of this service that are due later now."""


async def extend(session: AsyncSession, events: ObligationEvents, cycle_id: UUID, wanted: NewExtension) -> Extended:
    """What these people owe in the cycle is due at the end of that day, if it was due earlier.

    Rungs not yet climbed move by the same working days. Asked twice, nothing moves again. Raises Forbidden, Invalid,
    Refused for a limit that is fixed by law, NotFound for an unknown unit or person.
    """
    _check(session, wanted)
    because = Because(MoveCause.EXTENSION, _id_of(cycle_id, wanted), wanted.reason)
    which, city = await _which(session, cycle_id, wanted), await queries.calendar(session)
    moved = 0
    for week in await weeks(session):
        calendar = city.for_week(week)
        until = end_of_day(next_working_day(wanted.until, calendar), calendar)
        for due_at in await _due_before(session, which, until):
            days = working_days(local_date(due_at, calendar), local_date(until, calendar), calendar) - 1
            these = and_(which, col(ObligationRow.due_at) == due_at, of_week(col(ObligationRow.debtor_id), week))
            moved += await put_off(session, events, these, _by(max(days, 1), calendar), because)
    return Extended(moved=moved)


def _check(session: AsyncSession, wanted: NewExtension) -> None:
    if not actor(session).has(Role.PERFORMANCE_OFFICE):
        raise Forbidden("time is given by the performance office", "perpanjangan diberikan oleh pengelola kinerja")
    if (wanted.unit_id is None) == (wanted.person_id is None):
        raise Invalid("name a unit or a person", "sebutkan satu unit atau satu pegawai", where="unit_id")
    if wanted.phase is None and wanted.duty is None:
        raise Invalid("name a phase or a duty", "sebutkan tahap atau kewajiban", where="phase")
    if wanted.duty in BY_LAW:
        raise Refused(f"the limit of {wanted.duty} is fixed by law", f"batas {wanted.duty} ditetapkan peraturan")


def _id_of(cycle_id: UUID, wanted: NewExtension) -> UUID:
    """The same extension has the same id, however often it is asked for."""
    words = (wanted.until, wanted.unit_id, wanted.person_id, wanted.phase, wanted.duty)
    return uuid5(cycle_id, "/".join(map(str, words)))


async def _which(session: AsyncSession, cycle_id: UUID, wanted: NewExtension) -> ColumnElement[bool]:
    found: list[Any] = [
        col(ObligationRow.cycle_id) == cycle_id,
        col(ObligationRow.kind).not_in([duty.value for duty in BY_LAW]),
    ]
    if wanted.person_id is not None:
        await queries.person(session, wanted.person_id)
        found.append(col(ObligationRow.debtor_id) == wanted.person_id)
    if wanted.unit_id is not None:
        await queries.unit(session, wanted.unit_id)
        found.append(col(ObligationRow.debtor_id).in_(_people_of(wanted.unit_id)))
    if wanted.phase is not None:
        found.append(col(ObligationRow.phase) == wanted.phase.value)
    if wanted.duty is not None:
        found.append(col(ObligationRow.kind) == wanted.duty.value)
    return and_(*found)


def _people_of(unit_id: UUID) -> Any:
    """Everybody of the unit and those below it."""
    below = select(col(Unit.id)).where(col(Unit.id) == unit_id).cte("below", recursive=True)
    below = below.union(select(col(Unit.id)).where(col(Unit.parent_id) == below.c.id))
    return select(col(Person.id)).where(col(Person.unit_id).in_(select(below.c.id)))


async def _due_before(session: AsyncSession, which: ColumnElement[bool], until: datetime) -> list[datetime]:
    """The few different instants at which these obligations are due."""
    due = select(col(ObligationRow.due_at)).where(
        which, col(ObligationRow.state) == "OPEN", col(ObligationRow.due_at) < until
    )
    return list((await session.scalars(due.distinct().order_by(col(ObligationRow.due_at)))).all())


def _by(days: int, calendar: LegalCalendar) -> Later:
    return lambda instant: later(instant, days, calendar)


def lost(outage: OutageRecorded, calendar: LegalCalendar) -> int:
    """The working days on which the system was down, for however short a part of them."""
    return working_days(local_date(outage.began_at, calendar), local_date(outage.ended_at, calendar), calendar)


def fell_into(outage: OutageRecorded, limit: Mapped[datetime] | Mapped[datetime | None]) -> ColumnElement[bool]:
    """Whether a limit ended while the system was down."""
    return limit.between(outage.began_at, outage.ended_at)


async def put_off_by(
    session: AsyncSession,
    outage: OutageRecorded,
    table: type[SQLModel],
    name: str,
    *which: ColumnElement[bool],
    whose: str | None = None,
) -> None:
    """Move a limit in a column of its own, where it fell into the outage, by the working days lost.

    They are counted on the week of the unit of the person whose id ``whose`` holds; in the city where there is none.
    """
    city, limit = await queries.calendar(session), col(getattr(table, name))
    for week in await weeks(session) if whose else [None]:
        calendar = city.for_week(week)
        if (days := lost(outage, calendar)) > 0:
            theirs = (of_week(col(getattr(table, whose)), week),) if whose else ()
            await put_off_limits(session, table, name, _by(days, calendar), fell_into(outage, limit), *theirs, *which)


async def take_outage(session: AsyncSession, events: ObligationEvents, outage: OutageRecorded) -> int:
    """Extend what was due, or whose ladder was to move, while the system was down; returns how many obligations moved."""
    because = Because(MoveCause.OUTAGE, outage.outage_id, outage.reason)
    fell = or_(fell_into(outage, col(ObligationRow.due_at)), fell_into(outage, col(ObligationRow.next_at)))
    city, moved = await queries.calendar(session), 0
    for week in await weeks(session):
        calendar = city.for_week(week)
        these = and_(fell, of_week(col(ObligationRow.debtor_id), week))
        if (days := lost(outage, calendar)) > 0:
            moved += await put_off(session, events, these, _by(days, calendar), because)
    return moved
