"""More time by a decision of the performance office: for a unit or a person, or with a whole phase."""

from datetime import datetime
from functools import partial
from typing import Annotated, Any, Protocol
from uuid import UUID, uuid5

from pydantic import StringConstraints
from sqlalchemy import ColumnElement, Select, and_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Frozen, Phase, Role
from contracts.evaluation.interventions import PhaseExtended
from contracts.obligations import MoveCause, ObligationEvents, ObligationKind
from contracts.written import Day
from kit.access import require_role
from kit.conflicts import Offices
from kit.db import actor
from kit.errors import Invalid, Refused
from obligations.events import Because
from obligations.legal_dates import end_of_day, later, next_working_day, working_days
from obligations.personnel import OfficesOf
from obligations.rows import ObligationRow
from obligations.shifting.postponement import postpone
from obligations.terms import FIXED_BY_LAW
from obligations.weeks import WeekCalendars, WeeksOf

_MAY_MOVE = col(ObligationRow.kind).not_in([kind.value for kind in FIXED_BY_LAW])
_DEBTOR = col(ObligationRow.debtor_id)


class ExtensionRequest(Frozen):
    """Until when, why, and for whom: a unit with all below it, or one person; for a phase, an obligation, or both."""

    until: Day
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=5, max_length=1000)]
    unit_id: UUID | None = None
    person_id: UUID | None = None
    phase: Phase | None = None
    obligation: ObligationKind | None = None


class ExtensionResponse(Frozen):
    """What came of it."""

    moved: int
    """Obligations of this service that are due later now."""
    left_out: tuple[UUID, ...] = ()
    """Those of the unit to whom this officer gives no time, because of a conflict of interest: another officer does."""


class PeopleOf(Protocol):
    """Looks the ids of people up: of one, or of all in a unit and below it; raises NotFound for what is unknown."""

    async def __call__(self, session: AsyncSession, *, unit_id: UUID | None, person_id: UUID | None) -> Select[Any]:
        """A select of their ids."""


async def extend(
    session: AsyncSession,
    events: ObligationEvents,
    cycle_id: UUID,
    wanted: ExtensionRequest,
    *,
    people: PeopleOf,
    weeks: WeeksOf,
    offices: OfficesOf,
) -> ExtensionResponse:
    """What these people owe in the cycle is due at the end of that day, if it was due earlier.

    Rungs not yet climbed move by the same working days. Asked twice, nothing moves again. Of a unit those are left out
    about whom this officer may not act. Raises Forbidden, Invalid, Refused for a limit that is fixed by law, NotFound
    for an unknown unit or person.
    """
    found = await offices(session, cycle_id)
    _require_office(session, found, wanted)
    _check(wanted)
    because = Because(MoveCause.EXTENSION, _id_of(cycle_id, wanted), wanted.reason)
    whose = await people(session, unit_id=wanted.unit_id, person_id=wanted.person_id)
    barred = _barred(session, found, wanted)
    which = and_(_wanted(cycle_id, wanted), _DEBTOR.in_(whose), _DEBTOR.not_in(barred))
    moved = 0
    for week in await weeks(session):
        until = end_of_day(next_working_day(wanted.until, week.calendar), week.calendar)
        for due_at in await _due_before(session, which, until):
            days = working_days(due_at, until, week.calendar)
            these = and_(which, col(ObligationRow.due_at) == due_at, week.works(_DEBTOR))
            moved += await postpone(session, events, these, partial(later, days=days, calendar=week.calendar), because)
    left_out = [one for one in (await session.scalars(whose)).all() if one in barred] if barred else []
    return ExtensionResponse(moved=moved, left_out=tuple(sorted(left_out)))


async def extend_phase(
    session: AsyncSession, events: ObligationEvents, event: PhaseExtended, weeks: WeekCalendars
) -> None:
    """What is owed in the phase is due by as many working days later as the phase itself, on each week."""
    because = Because(MoveCause.EXTENSION, event.extension_id, event.reason)
    here = and_(col(ObligationRow.cycle_id) == event.cycle_id, col(ObligationRow.phase) == event.phase.value, _MAY_MOVE)
    for week in weeks:
        days = working_days(event.former_due_at, event.due_at, week.calendar)
        these, longer = and_(here, week.works(_DEBTOR)), partial(later, days=days, calendar=week.calendar)
        await postpone(session, events, these, longer, because)


_WHAT = ("give more time", "memberi perpanjangan waktu")


def _require_office(session: AsyncSession, offices: Offices, wanted: ExtensionRequest) -> None:
    """A person is judged by the rule on conflicts; a unit is the office's, and its people are judged one by one."""
    if wanted.person_id is not None:
        offices.require(actor(session), wanted.person_id, what=_WHAT)
    else:
        require_role(session, Role.PERFORMANCE_OFFICE, what=_WHAT)


def _barred(session: AsyncSession, offices: Offices, wanted: ExtensionRequest) -> frozenset[UUID]:
    """About whom of a unit this officer may not act."""
    who = actor(session)
    return frozenset() if wanted.unit_id is None or who.is_system else offices.connected(who.id)


def _check(wanted: ExtensionRequest) -> None:
    if (wanted.unit_id is None) == (wanted.person_id is None):
        raise Invalid("name a unit or a person", "sebutkan satu unit atau satu pegawai", where="unit_id")
    if wanted.phase is None and wanted.obligation is None:
        raise Invalid("name a phase or an obligation", "sebutkan tahap atau kewajiban", where="phase")
    if wanted.obligation in FIXED_BY_LAW:
        kind = wanted.obligation
        raise Refused(f"the limit of {kind} is fixed by law", f"batas {kind} ditetapkan peraturan")


def _id_of(cycle_id: UUID, wanted: ExtensionRequest) -> UUID:
    """The same extension has the same id, however often it is asked for."""
    words = (wanted.until, wanted.unit_id, wanted.person_id, wanted.phase, wanted.obligation)
    return uuid5(cycle_id, "/".join(map(str, words)))


def _wanted(cycle_id: UUID, wanted: ExtensionRequest) -> ColumnElement[bool]:
    found: list[ColumnElement[bool]] = [col(ObligationRow.cycle_id) == cycle_id, _MAY_MOVE]
    if wanted.phase is not None:
        found.append(col(ObligationRow.phase) == wanted.phase.value)
    if wanted.obligation is not None:
        found.append(col(ObligationRow.kind) == wanted.obligation.value)
    return and_(*found)


async def _due_before(session: AsyncSession, which: ColumnElement[bool], until: datetime) -> list[datetime]:
    """The few different instants at which these obligations are due."""
    due = select(col(ObligationRow.due_at)).where(
        which, col(ObligationRow.state) == "OPEN", col(ObligationRow.due_at) < until
    )
    return list((await session.scalars(due.distinct().order_by(col(ObligationRow.due_at)))).all())
