"""Takes in who leads whom in a cycle from now on: plans follow, and a new leader owes a new version of the plan."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase
from contracts.calendar import DayKind, LegalCalendar
from contracts.evaluation.cycles import MembersChanged
from contracts.obligations import ObligationKind
from contracts.plans.obligations import OBLIGATIONS
from contracts.registry.personnel import PersonnelChanged
from directory import queries as directory
from directory.offices import in_cycle
from directory.terms import terms_in_open_cycles
from directory.weeks import calendars
from kit.db import clock
from obligations.legal_dates import due_after
from obligations.opening import open_by_week
from obligations.personnel import follow, leave
from obligations.rows import NewObligation
from obligations.terms import Terms, terms
from services.plans.plans.models import Plan
from services.plans.plans.rules import renewal
from services.plans.reports.commands.take_overs import take_over_of_who_left

# Arrays and not one statement a member: the event of a reorganisation holds many of them. The city is named
# beside row-level security, because it leads the indexes.
_FOLLOW = """
from unnest(cast(:servants as uuid[]), cast(:units as uuid[]), cast(:raters as uuid[]), cast(:authorities as uuid[]),
            cast(:ends as date[])) as n(servant_id, unit_id, rater_id, authority_id, ended_on)
where p.tenant_id = :tenant and p.cycle_id = :cycle and p.servant_id = n.servant_id
"""
# `old` and `new` in RETURNING (PostgreSQL 18) spare reading the plans before: only a change of rater asks for a new plan.
_PLANS = text(
    f"""
    update plans p set unit_id = n.unit_id, rater_id = n.rater_id, authority_id = n.authority_id,
        ended_on = n.ended_on, version = p.version + 1
    {_FOLLOW} and p.state <> 'CLOSED' returning new.id, new.servant_id, old.rater_id as former_rater_id
    """  # noqa: S608 - nothing but our own words
)
_INITIATIVES = text(
    f"""
    update plan_initiatives p set rater_id = n.rater_id, authority_id = n.authority_id
    {_FOLLOW} and p.state = 'RECORDED'
    """  # noqa: S608
)


async def follow_members(session: AsyncSession, event: MembersChanged) -> None:
    """Plans and obligations go with the relations; who has left reports nothing more."""
    sets = _sets(event)
    moved = (await session.execute(_PLANS, sets)).all()
    await session.execute(_INITIATIVES, sets)
    await follow(session, OBLIGATIONS, event, await terms_in_open_cycles(session), office=in_cycle)
    changed = {row.servant_id for row in moved if row.former_rater_id != _rater(event, row.servant_id)}
    await _ask_anew(session, event, changed)
    await take_over_of_who_left(session, event.cycle_id)


async def leave_obligations(session: AsyncSession, event: PersonnelChanged) -> None:
    """What somebody who is absent for good still owes goes to others."""
    await leave(session, OBLIGATIONS, event, await terms_in_open_cycles(session), office=in_cycle)


def _rater(event: MembersChanged, servant_id: UUID) -> UUID | None:
    return next(one.rater_id for one in event.members if one.servant_id == servant_id)


def _sets(event: MembersChanged) -> dict[str, Any]:
    return {
        "tenant": event.tenant_id,
        "cycle": event.cycle_id,
        "servants": [one.servant_id for one in event.members],
        "units": [one.unit_id for one in event.members],
        "raters": [one.rater_id for one in event.members],
        "authorities": [one.authority_id for one in event.members],
        "ends": [one.ended_on for one in event.members],
    }


async def _ask_anew(session: AsyncSession, event: MembersChanged, changed: set[UUID]) -> None:
    """After a transfer, new leader and servant agree anew: the leader owes it, in the next round."""
    cycle = await directory.cycle(session, event.cycle_id)
    theirs = select(Plan).where(col(Plan.cycle_id) == event.cycle_id, col(Plan.servant_id).in_(changed))
    # Locked in one order, like everybody who locks several plans (`set_plans`).
    ordered = theirs.order_by(col(Plan.id)).with_for_update(key_share=True)
    plans = [
        plan
        for plan in (await session.scalars(ordered.execution_options(populate_existing=True))).all()
        if renewal.is_owed(event.kind, plan.state, cycle.phase, has_new_rater=True, has_ended=plan.ended_on is not None)
    ]
    offices = await in_cycle(session, event.cycle_id)
    owed = [
        NewObligation(plan.id, debtor, plan.servant_id, plan.authority_id or office, office)
        for plan in plans
        for office in (offices.acting_for(plan.servant_id),)
        if (debtor := plan.rater_id or office) is not None
    ]
    for plan in plans:
        plan.round += 1
    if owed:
        await _owe(session, event, owed)


async def _owe(session: AsyncSession, event: MembersChanged, owed: Sequence[NewObligation]) -> None:
    policy, now = await directory.cycle_policy(session, event.cycle_id), clock(session).now()

    def asked(calendar: LegalCalendar) -> Terms:
        due_at = due_after(now, policy.plan_windows.renew_within, DayKind.WORKING, calendar)
        return terms(
            policy,
            calendar,
            ObligationKind.ANSWER_PLAN,
            phase=Phase.PLANNING,
            cycle_id=event.cycle_id,
            now=now,
            due_at=due_at,
        )

    weeks = await calendars(session)
    await open_by_week(session, OBLIGATIONS, asked, owed, weeks=weeks, tenant_id=event.tenant_id)
