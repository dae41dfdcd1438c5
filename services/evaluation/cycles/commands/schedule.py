"""Cycles that open by themselves: one for each period length of a scope's units, when its preparation begins."""

from datetime import date, datetime, timedelta

import structlog
from sqlalchemy import func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase, new_id
from contracts.calendar import LegalCalendar
from contracts.policy import Policy
from directory import queries
from directory.models import Person, Unit
from kit.db import clock
from obligations.legal_dates import local_date, start_of_day
from services.evaluation.cycles.commands.lifecycle import open_cycle
from services.evaluation.cycles.commands.overlaps import overlaps
from services.evaluation.cycles.models import Cycle
from services.evaluation.cycles.rules.phases import Period, due_at, opens_at
from services.evaluation.cycles.rules.schedule import months_later, next_start

log = structlog.get_logger()


async def open_due(session: AsyncSession, scope: str) -> datetime | None:
    """Open what is due, once; a cycle that the office opened by hand is the same. Returns when the next one opens.

    None where the newest policy of the scope leaves the opening to the office, or nobody of the scope has arrived.
    """
    policy, calendar = await queries.policy(session, scope), await queries.calendar(session)
    if not policy.opens_by_itself:
        return None
    return min(
        [await _open(session, policy, calendar, months) for months in await _lengths(session, scope)], default=None
    )


async def _lengths(session: AsyncSession, scope: str) -> list[int]:
    """The periods of the units in which people work: the policy's, or what an agency chose."""
    having = (
        select(col(Unit.period_months))
        .join(Person, col(Person.unit_id) == col(Unit.id))
        .where(col(Unit.scope) == scope, col(Unit.active), col(Person.active))
        .distinct()
    )
    return sorted((await session.scalars(having)).all())


async def _open(session: AsyncSession, policy: Policy, calendar: LegalCalendar, months: int) -> datetime:
    """The instant at which the next cycle of this length opens; those that are due are opened."""
    now = clock(session).now()
    newest = await _newest(session, policy.scope, months)
    while True:  # several periods may have come due while nothing ran; each opens its own cycle
        start = next_start(local_date(now, calendar), months, newest=newest)
        opens = _opens(policy, calendar, start, months)
        if opens > now:
            return opens
        newest = start
        if await _may_open(session, policy, calendar, start, months):
            await open_cycle(session, policy.scope, period_start=start, months=months)


async def _may_open(session: AsyncSession, policy: Policy, calendar: LegalCalendar, start: date, months: int) -> bool:
    """Not in the midst of a period: nobody plans for what is half over; and never so that people are appraised twice.

    Whoever switches the opening on in September means the next period; the office opens a running one by hand.
    """
    end = months_later(start, months) - timedelta(days=1)
    rule = next((one for one in policy.phases if one.phase is Phase.PLANNING), policy.phases[0])
    first = start_of_day(start, calendar)
    if due_at(rule, Period(start, end), opened_at=first, calendar=calendar) < clock(session).now():
        return False
    # Never stored: what it would be if it were opened now.
    wanted = Cycle(
        id=new_id(),
        scope=policy.scope,
        months=months,
        period_start=start,
        period_end=end,
        policy_version=policy.version,
        calendar_version=calendar.version,
    )
    twice = await overlaps(session, wanted)
    if twice:
        log.warning(
            "cycle.not_opened", scope=policy.scope, period_start=str(start), overlaps=[one.name for one in twice]
        )
    return not twice


async def _newest(session: AsyncSession, scope: str, months: int) -> date | None:
    # Also of a cycle that was cancelled: the schedule does not open the same period a second time.
    newest = select(func.max(col(Cycle.period_start))).where(col(Cycle.scope) == scope, col(Cycle.months) == months)
    found: date | None = (await session.execute(newest)).scalar_one()
    return found


def _opens(policy: Policy, calendar: LegalCalendar, start: date, months: int) -> datetime:
    """When the first phase opens; the first day of the period where that phase waits for nothing."""
    period = Period(start, months_later(start, months) - timedelta(days=1))
    found = opens_at(policy.phases[0], period, previous_ended=None, calendar=calendar)
    return start_of_day(start, calendar) if found is None else found
