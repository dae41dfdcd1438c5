"""Ladders stand still while a cycle is paused, move back with an extended phase, and end with a cancelled cycle.

One statement each, however many obligations there are. They count in working days on a calendar, so that a limit that
ended on a working day still does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, RowMapping, delete, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase
from contracts.calendar import DayKind, LegalCalendar
from contracts.obligations import MoveCause, MovedObligation, ObligationEvents, ObligationKind
from kit.chunks import in_chunks
from kit.db import actor, clock
from kit.outbox import emit
from obligations.batches import IN_ONE_EVENT
from obligations.closing import emit_closed
from obligations.holding import HeldCycle
from obligations.legal_dates import add_days, is_working_day, local_date
from obligations.rows import ObligationRow

_WHICH = """
    tenant_id = :tenant and cycle_id = :cycle and state = 'OPEN'
    and (cast(:phase as text) is null or phase = :phase)
    and (cast(:after as timestamptz) is null or opened_at > :after)
    and (cast(:before as timestamptz) is null or opened_at <= :before)
    and (cast(:ids as uuid[]) is null or id = any(:ids)) and kind <> all(cast(:fixed as text[]))
"""
_INSTANTS = text(
    f"""
    select due_at as at from obligations where {_WHICH}
    union
    select (one ->> 'at')::timestamptz from obligations, jsonb_array_elements(rungs) with ordinality as x(one, ord)
    where ord > rung and {_WHICH}
    """  # noqa: S608 - nothing but our own words
)
_MOVE = text(
    f"""
    with moved as (
        select * from unnest(cast(:was as timestamptz[]), cast(:becomes as timestamptz[])) as m(was, becomes)
    ), news as (
        select p.id, d.becomes as due_at, coalesce((
            select jsonb_agg(case when x.ord > p.rung then jsonb_set(x.one, '{{at}}', to_jsonb(m.becomes)) else x.one end
                             order by x.ord)
            from jsonb_array_elements(p.rungs) with ordinality as x(one, ord)
            left join moved m on m.was = (x.one ->> 'at')::timestamptz
        ), '[]') as rungs
        from (select * from obligations where {_WHICH}) p join moved d on d.was = p.due_at
    )
    update obligations o
    set due_at = news.due_at, rungs = news.rungs, next_at = (news.rungs -> o.rung::int ->> 'at')::timestamptz
    from news where o.tenant_id = :tenant and o.id = news.id and o.state = 'OPEN'
    returning o.id, o.kind, o.phase, o.about_id, o.debtor_id, o.due_at, old.due_at as was_due_at, o.next_at
    """  # noqa: S608 - nothing but our own words
)


@dataclass(frozen=True, slots=True)
class Delay:
    """What moves back, how far, and why; of one phase, if named, and of what was opened between two instants, if named."""

    cycle_id: UUID
    working_days: int
    cause: MoveCause
    cause_id: UUID
    reason: str
    phase: Phase | None = None
    opened_after: datetime | None = None
    """Later than this."""
    opened_before: datetime | None = None
    """No later than this."""
    fixed: frozenset[ObligationKind] = frozenset()
    """Obligations that do not move back whatever happens."""


def working_days_between(start: datetime, end: datetime, calendar: LegalCalendar) -> int:
    """How many working days lie after the day of ``start``, up to and with the day of ``end``; 0 if there is none."""
    first, last = local_date(start, calendar).toordinal(), local_date(end, calendar).toordinal()
    return sum(is_working_day(date.fromordinal(day), calendar) for day in range(first + 1, last + 1))


def later(instant: datetime, working_days: int, calendar: LegalCalendar) -> datetime:
    """The same time of day, so many working days later; the instant itself if there are none."""
    if working_days == 0:
        return instant
    local = instant.astimezone(ZoneInfo(calendar.zone))
    day = add_days(local.date(), working_days, DayKind.WORKING, calendar)
    return datetime.combine(day, local.time(), local.tzinfo)


async def hold(session: AsyncSession, cycle_id: UUID) -> None:
    """No ladder of the cycle moves until :func:`let_go`, not even of what comes into being meanwhile."""
    row = {"tenant_id": actor(session).tenant_id, "cycle_id": cycle_id, "since": clock(session).now()}
    await session.execute(insert(HeldCycle).values(row).on_conflict_do_nothing())
    holding = (
        update(ObligationRow)
        .where(col(ObligationRow.cycle_id) == cycle_id, col(ObligationRow.state) == "OPEN")
        .values(next_at=None)
        .execution_options(synchronize_session=False)
    )
    await session.execute(holding)


async def let_go(session: AsyncSession, cycle_id: UUID) -> None:
    """Ladders may move again; those that stood still when they were held do so once they are postponed."""
    await session.execute(delete(HeldCycle).where(col(HeldCycle.cycle_id) == cycle_id))


async def opened_since(session: AsyncSession, cycle_id: UUID, instant: datetime) -> list[datetime]:
    """The different instants later than this at which open obligations of the cycle came into being, in order."""
    opened = select(col(ObligationRow.opened_at)).where(
        col(ObligationRow.cycle_id) == cycle_id,
        col(ObligationRow.state) == "OPEN",
        col(ObligationRow.opened_at) > instant,
    )
    return list((await session.scalars(opened.distinct().order_by(col(ObligationRow.opened_at)))).all())


async def postpone(
    session: AsyncSession,
    events: ObligationEvents,
    delay: Delay,
    calendar: LegalCalendar,
    *,
    whose: ColumnElement[bool] | None = None,
) -> int:
    """Move due dates and all rungs not yet climbed, of some debtors if named; returns how many obligations moved.

    Ladders that were held move again.
    """
    which: dict[str, Any] = {
        "tenant": actor(session).tenant_id,
        "cycle": delay.cycle_id,
        "phase": None if delay.phase is None else delay.phase.value,
        "after": delay.opened_after,
        "before": delay.opened_before,
        "fixed": [duty.value for duty in delay.fixed],
        "ids": None if whose is None else await _of(session, delay.cycle_id, whose),
    }
    was = list((await session.execute(_INSTANTS, which)).scalars().all())
    becomes = [later(one, delay.working_days, calendar) for one in was]
    rows = (await session.execute(_MOVE, which | {"was": was, "becomes": becomes})).mappings().all()
    _tell(session, events, delay, rows)
    return len(rows)


async def _of(session: AsyncSession, cycle_id: UUID, whose: ColumnElement[bool]) -> list[UUID]:
    theirs = select(col(ObligationRow.id)).where(
        col(ObligationRow.cycle_id) == cycle_id, col(ObligationRow.state) == "OPEN", whose
    )
    return list((await session.scalars(theirs)).all())


def _tell(session: AsyncSession, events: ObligationEvents, delay: Delay, rows: Sequence[RowMapping]) -> None:
    for name in sorted({row["phase"] for row in rows}):
        for some in in_chunks([row for row in rows if row["phase"] == name], IN_ONE_EVENT):
            told = events.moved(
                tenant_id=actor(session).tenant_id,
                cycle_id=delay.cycle_id,
                phase=Phase(name),
                cause=delay.cause,
                cause_id=delay.cause_id,
                reason=delay.reason,
                items=[MovedObligation.model_validate(dict(row)) for row in some],
            )
            emit(session, told, reason=delay.reason)


async def cancel(session: AsyncSession, events: ObligationEvents, cycle_id: UUID) -> int:
    """Nobody owes anything in the cycle any more; returns how many obligations were cancelled."""
    cancelling = (
        update(ObligationRow)
        .where(col(ObligationRow.cycle_id) == cycle_id, col(ObligationRow.state) == "OPEN")
        .values(state="CANCELLED", closed_at=clock(session).now(), closed_by=str(actor(session)), next_at=None)
        .returning(ObligationRow)
        .execution_options(synchronize_session=False)
    )
    rows = list((await session.scalars(cancelling)).all())
    await let_go(session, cycle_id)
    emit_closed(session, events, rows)
    return len(rows)
