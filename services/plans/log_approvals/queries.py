"""The weeks of a daily log with what was decided of each, and how much waits for a decision."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.plans.daily_log import LogDecision
from directory import queries as directory
from kit.db import actor
from services.plans.log_approvals.rules import asked
from services.plans.plans.models import Plan
from services.plans.plans.queries.plans import find

# Entries week by week, each week with its last decision: an approval covers what had been entered by then.
WEEKS = """
    select w.plan_id, w.week, count(*) as entries, sum(w.minutes) as minutes, d.decision, d.reason, d.decided_at,
        d.decided_by, count(*) filter (where d.decision is distinct from 'APPROVED' or w.entered_at > d.decided_at) as waiting
    from (
        select a.tenant_id, a.plan_id, date_trunc('week', a.day)::date as week, a.minutes, a.entered_at
        from plan_activities a where a.tenant_id = :tenant and a.plan_id = any(:plans)
    ) w
    left join lateral (
        select * from log_decisions d where d.tenant_id = w.tenant_id and d.plan_id = w.plan_id and d.week = w.week
        order by d.id desc limit 1
    ) d on true
    group by w.plan_id, w.week, d.decision, d.reason, d.decided_at, d.decided_by
"""
_OF_PLAN = text(f"select * from ({WEEKS}) weeks order by week")  # noqa: S608 - a query of this file is put in
_WAITING = text(
    f"select plan_id, sum(waiting) as entries, min(week) as since from ({WEEKS}) weeks where waiting > 0 group by 1"  # noqa: S608
)


@dataclass(frozen=True, slots=True)
class Week:
    """One week of a log."""

    week: date
    """Its Monday."""
    entries: int
    minutes: int
    decision: LogDecision | None
    """The last one; nothing was decided yet if it is missing."""
    reason: str | None
    decided_at: datetime | None
    decided_by: UUID | None
    waiting: int
    """Entries that no approval covers; 0 where the policy asks for none."""


async def weeks(session: AsyncSession, plan_id: UUID) -> Sequence[Week]:
    """The weeks in which something was logged, oldest first; raises NotFound, and Forbidden for whom it does not concern."""
    plan = await find(session, plan_id)
    needed = asked(await directory.cycle_policy(session, plan.cycle_id))
    rows = (await session.execute(_OF_PLAN, {"tenant": plan.tenant_id, "plans": [plan.id]})).mappings().all()
    return [_week(row, needed=needed) for row in rows]


def _week(row: Any, *, needed: bool) -> Week:
    said = {name: row[name] for name in ("week", "entries", "minutes", "reason", "decided_at", "decided_by")}
    decision = None if row["decision"] is None else LogDecision(row["decision"])
    return Week(**said, decision=decision, waiting=row["waiting"] if needed else 0)


async def waiting(session: AsyncSession, plans: Collection[Plan]) -> dict[UUID, tuple[int, date]]:
    """By plan, how many entries no approval covers and since which week; nothing where nobody is asked to approve.

    The plans are of one cycle. Those whom nobody rates need nobody's approval.
    """
    rated = [plan.id for plan in plans if plan.rater_id is not None]
    cycle_id = next((plan.cycle_id for plan in plans), None)
    if not rated or cycle_id is None or not asked(await directory.cycle_policy(session, cycle_id)):
        return {}
    rows = await session.execute(_WAITING, {"tenant": actor(session).tenant_id, "plans": rated})
    return {row.plan_id: (row.entries, row.since) for row in rows.all()}
