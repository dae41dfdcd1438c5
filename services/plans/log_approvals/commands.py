"""The rater's decision on a week of daily logs, of several people in one act."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select, text
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Relation
from contracts.plans.daily_log import LogDecision, LogWeekDecided
from directory import queries as directory
from directory.relations import relations, require
from kit.db import actor, clock
from kit.errors import Invalid, NotFound, fault
from kit.outbox import emit_all
from services.plans.log_approvals import rules
from services.plans.plans.models import Plan

# One statement for all of them. What was decided last and says the same, with nothing entered since, is not decided again.
_DECIDE = text(
    """
    insert into log_decisions (tenant_id, id, plan_id, week, decision, reason, entries, decided_at, decided_by)
    select a.tenant_id, uuidv7(), a.plan_id, :week, :decision, :reason, count(*), :now, :who
    from plan_activities a
    where a.tenant_id = :tenant and a.plan_id = any(:plans) and a.day >= :week and a.day < :after
    group by a.tenant_id, a.plan_id
    having not exists (
        select 1 from (
            select d.decision, d.reason, d.decided_at from log_decisions d
            where d.tenant_id = a.tenant_id and d.plan_id = a.plan_id and d.week = :week order by d.id desc limit 1
        ) last
        where last.decision = :decision and last.reason is not distinct from :reason
            and last.decided_at >= max(a.entered_at)
    )
    returning plan_id, entries
    """
)
_LOGGED = text(
    "select distinct plan_id from plan_activities "
    "where tenant_id = :tenant and plan_id = any(:plans) and day >= :week and day < :after"
)


async def decide(
    session: AsyncSession,
    cycle_id: UUID,
    *,
    plan_ids: Sequence[UUID],
    day: date,
    decision: LogDecision,
    reason: str | None,
) -> date:
    """Approve or return the entries of the week in which ``day`` lies, of all these plans or of none; returns its Monday.

    The same decision again changes nothing. Raises Forbidden unless the actor rates everybody, Invalid for a week without
    entries, Refused where the policy asks for no approval.
    """
    await directory.known_cycle(session, cycle_id)
    plans = await _locked(session, cycle_id, plan_ids)
    for plan in plans:
        found = relations(actor(session), servant_id=plan.servant_id, rater_id=plan.rater_id)
        require(found, Relation.RATER, what=("decide on this log", "memutuskan catatan harian ini"))
    rules.require_asked(await directory.cycle_policy(session, cycle_id))
    rules.require_reason(decision, reason)
    week = rules.monday(day)
    asked = {
        "tenant": actor(session).tenant_id,
        "plans": [plan.id for plan in plans],
        "week": week,
        "after": week + timedelta(days=7),
    }
    await _require_entries(session, asked, plan_ids)
    said = {"decision": decision.value, "reason": reason, "now": clock(session).now(), "who": actor(session).id}
    entries = {row.plan_id: row.entries for row in (await session.execute(_DECIDE, asked | said)).all()}
    decided = [
        _event(plan, week, decision, reason=reason, entries=entries[plan.id], decided_by=actor(session).id)
        for plan in plans
        if plan.id in entries
    ]
    await emit_all(session, decided, reason=reason)
    return week


async def _locked(session: AsyncSession, cycle_id: UUID, plan_ids: Sequence[UUID]) -> Sequence[Plan]:
    theirs = (
        select(Plan)
        .where(col(Plan.cycle_id) == cycle_id, col(Plan.id).in_(plan_ids))
        .order_by(col(Plan.id))
        .with_for_update(key_share=True)
    )
    plans = (await session.scalars(theirs)).all()
    if strange := set(plan_ids) - {plan.id for plan in plans}:
        raise NotFound(f"no plan {min(strange)} in this cycle", f"rencana {min(strange)} tidak ada pada siklus ini")
    return plans


async def _require_entries(session: AsyncSession, asked: dict[str, object], plan_ids: Sequence[UUID]) -> None:
    logged = set((await session.scalars(_LOGGED, asked)).all())
    errors = [
        fault(f"plan_ids.{number}", "nothing was logged in that week", "tidak ada catatan pada minggu itu")
        for number, plan_id in enumerate(plan_ids)
        if plan_id not in logged
    ]
    if errors:
        raise Invalid(
            "nothing was logged in that week by some of them: leave them out",
            "sebagian tidak mengisi catatan pada minggu itu: keluarkan dari daftar",
            errors=errors,
        )


def _event(
    plan: Plan, week: date, decision: LogDecision, *, reason: str | None, entries: int, decided_by: UUID
) -> LogWeekDecided:
    return LogWeekDecided(
        tenant_id=plan.tenant_id,
        plan_id=plan.id,
        cycle_id=plan.cycle_id,
        servant_id=plan.servant_id,
        week=week,
        decision=decision,
        reason=reason,
        entries=entries,
        decided_by=decided_by,
    )
