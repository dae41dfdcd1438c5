"""Reminds writers of days without an entry, and raters of weeks that wait for them; each once, in a few statements."""

from uuid import UUID

from sqlalchemy import select, text
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase
from contracts.plans.daily_log import LogApprovalsAwaited, LogEntriesMissed, LogGap, LogsWaiting
from contracts.policy import Policy
from directory import queries as directory
from directory.models import CycleCopy, Person
from directory.weeks import calendars
from kit.chunks import in_chunks
from kit.db import actor, clock
from kit.outbox import emit_all
from obligations.holding import HeldCycle
from obligations.legal_dates import local_date
from services.plans.log_approvals.queries import WEEKS
from services.plans.log_approvals.rules import asked as approval_asked
from services.plans.log_approvals.rules import monday
from services.plans.log_reminders.rules import from_day, last_days

# The last day of each log, against the days from which on the first, second, ... reminder is due: the highest number
# counts, so that whoever falls silent while nobody looked is reminded once. The key of the table lets nobody be twice.
_MISSING = text(
    """
    with due as (
        select number, last_day from unnest(cast(:last_days as date[])) with ordinality as d(last_day, number)
    ), silent as (
        select p.tenant_id, p.servant_id, p.id as plan_id, l.day as last_day,
            coalesce(greatest(l.day, cast(:from_day as date)), :from_day) as since
        from plans p left join lateral (
            select max(a.day) as day from plan_activities a where a.tenant_id = p.tenant_id and a.plan_id = p.id
        ) l on true
        where p.tenant_id = :tenant and p.cycle_id = :cycle and p.state <> 'CLOSED' and p.ended_on is null
            and p.servant_id = any(:people)
    ), reminded as (
        insert into log_reminders (tenant_id, cycle_id, person_id, kind, day, number, reminded_at)
        select s.tenant_id, :cycle, s.servant_id, 'MISSING', s.since, max(d.number), :now
        from silent s join due d on s.since <= d.last_day group by 1, 3, 5
        on conflict do nothing returning person_id, number
    )
    select s.servant_id, s.plan_id, s.last_day, r.number from reminded r join silent s on s.servant_id = r.person_id
    """
)
_WAITING = text(
    f"""
    with waiting as (
        select p.rater_id, count(distinct p.id) as people, sum(w.waiting) as entries, min(w.week) as since
        from ({WEEKS}) w join plans p on p.tenant_id = :tenant and p.id = w.plan_id
        where w.waiting > 0 and w.week < :this_week group by p.rater_id
    ), reminded as (
        insert into log_reminders (tenant_id, cycle_id, person_id, kind, day, number, reminded_at)
        select :tenant, :cycle, rater_id, 'APPROVAL', :this_week, 1, :now from waiting
        on conflict do nothing returning person_id
    )
    select w.rater_id, w.people, w.entries, w.since from reminded r join waiting w on w.rater_id = r.person_id
    """  # noqa: S608 - nothing but the query of the weeks is put in
)
_LOGS = text("select array_agg(id) from plans where tenant_id = :tenant and cycle_id = :cycle and rater_id is not null")


async def remind(session: AsyncSession) -> int:
    """Remind whoever is due in the cycles that are being executed; returns how many people are."""
    held = select(col(HeldCycle.cycle_id))
    running = select(col(CycleCopy.id), col(CycleCopy.period_start)).where(
        col(CycleCopy.phase) == Phase.EXECUTION.value, ~col(CycleCopy.closed), col(CycleCopy.id).not_in(held)
    )
    reminded = 0
    for cycle_id, period_start in (await session.execute(running)).all():
        policy = await directory.cycle_policy(session, cycle_id)
        if policy.features.daily_log and policy.log.remind_after:
            gaps = await _gaps(session, cycle_id, policy, {"from_day": from_day(period_start)})
            told = [
                LogEntriesMissed(tenant_id=actor(session).tenant_id, cycle_id=cycle_id, items=tuple(some))
                for some in in_chunks(gaps)
            ]
            await emit_all(session, told)
            reminded += len(gaps)
        if approval_asked(policy):
            reminded += await _ask_raters(session, cycle_id)
    return reminded


async def _gaps(session: AsyncSession, cycle_id: UUID, policy: Policy, asked: dict[str, object]) -> list[LogGap]:
    now, after = clock(session).now(), policy.log.remind_after
    asked |= {"tenant": actor(session).tenant_id, "cycle": cycle_id, "now": now}
    found: list[LogGap] = []
    for week in await calendars(session):
        working = select(col(Person.id)).where(week.works(col(Person.id)), col(Person.active))
        today = local_date(now, week.calendar)
        asked |= {
            "last_days": last_days(today, after, week.calendar),
            "people": list((await session.scalars(working)).all()),
        }
        found += [
            LogGap(
                servant_id=row.servant_id, plan_id=row.plan_id, last_day=row.last_day, working_days=after * row.number
            )
            for row in (await session.execute(_MISSING, asked)).all()
        ]
    return found


async def _ask_raters(session: AsyncSession, cycle_id: UUID) -> int:
    tenant_id, now = actor(session).tenant_id, clock(session).now()
    plans = (await session.execute(_LOGS, {"tenant": tenant_id, "cycle": cycle_id})).scalar_one()
    if not plans:
        return 0
    this_week = monday(local_date(now, await directory.calendar(session)))
    asked = {"tenant": tenant_id, "cycle": cycle_id, "plans": plans, "this_week": this_week, "now": now}
    waiting = [LogsWaiting(**row) for row in (await session.execute(_WAITING, asked)).mappings().all()]
    told = [
        LogApprovalsAwaited(tenant_id=tenant_id, cycle_id=cycle_id, items=tuple(some)) for some in in_chunks(waiting)
    ]
    await emit_all(session, told)
    return len(waiting)
