"""Answering a proposal: the rater returns it with a reason, or sets the plan after a dialogue.

Whoever holds the obligation after a hand-over may do the same: the superior for a silent rater.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.obligations import ObligationKind
from directory import queries as directory
from directory.relations import Relation, require
from kit.db import actor, clock
from kit.errors import Refused
from kit.outbox import emit
from obligations.legal_dates import local_date
from services.plans.cycles.rules import limit_by_law, planning_is_over
from services.plans.dialogues.queries import was_held
from services.plans.plans import events
from services.plans.plans.commands.locks import locked, require_fresh
from services.plans.plans.commands.obligations import answer_is_owed, ask_to_confirm, ask_to_revise, done
from services.plans.plans.commands.versions import keep
from services.plans.plans.models import Plan
from services.plans.plans.queries.access import relations_to
from services.plans.plans.queries.content import content, indicator_states
from services.plans.plans.rules.remarks import WrittenRemark, place
from services.plans.plans.rules.states import Act, PlanState, move


async def return_plan(
    session: AsyncSession, plan_id: UUID, *, reason: str, remarks: Sequence[WrittenRemark] = ()
) -> Plan:
    """Give the plan back with a reason and remarks by row; the servant owes it again within three working days.

    Raises Invalid for a remark about a place that the plan has not.
    """
    plan = await locked(session, plan_id)
    acting = actor(session).id
    if plan.state == PlanState.RETURNED and acting == plan.returned_by:
        return plan
    await _require_leader(session, plan, what=("return this plan", "mengembalikan rencana ini"))
    state = move(plan.state, Act.RETURN)
    placed = place(remarks, await content(session, plan.id))
    plan.state, plan.returned_reason, plan.returned_by = state, reason, acting
    plan.remarks = [one.model_dump(mode="json") for one in placed] or None
    event = events.returned(plan, returned_by=acting, reason=reason)
    plan.round += 1
    plan.version += 1
    await done(session, plan, ObligationKind.ANSWER_PLAN)
    await ask_to_revise(session, plan)
    emit(session, event, reason=reason)
    return plan


async def set_plan(session: AsyncSession, plan_id: UUID, *, if_match: int | None = None) -> Plan:
    """Make the plan what results are measured against; a dialogue about it must have been recorded in this round."""
    plan = await locked(session, plan_id)
    acting = actor(session).id
    # A plan that was set is owed again after a transfer, to be agreed with the new leader (L II.C.6-7).
    anew = plan.state == PlanState.SET and await answer_is_owed(session, plan)
    if plan.state == PlanState.SET and acting == plan.set_by and not anew:
        return plan
    await _require_leader(session, plan, what=("set this plan", "menetapkan rencana ini"))
    require_fresh(plan, if_match)
    state = move(plan.state, Act.RENEW if anew else Act.SET)
    await _require_dialogue(session, plan)
    await done(session, plan, ObligationKind.ANSWER_PLAN)
    await _mark_set(session, plan, state)
    await keep(session, plan, await content(session, plan.id))
    await emit_set(session, plan)
    return plan


async def set_plans(session: AsyncSession, plan_ids: Sequence[UUID]) -> list[Plan]:
    """Set several plans, all or none; locked in one order, so that two who do this never wait for each other."""
    return [await set_plan(session, plan_id) for plan_id in sorted(set(plan_ids))]


async def emit_set(session: AsyncSession, plan: Plan, *, reason: str | None = None) -> None:
    """Emit what is expected from here on, and ask whose plan it is whether it was agreed on."""
    await ask_to_confirm(session, plan)
    indicators = (await indicator_states(session, [plan.id]))[plan.id]
    emit(session, events.is_set(plan, set_by=actor(session).id, indicators=indicators), reason=reason)


async def _mark_set(session: AsyncSession, plan: Plan, state: PlanState) -> None:
    cycle = await directory.cycle(session, plan.cycle_id)
    now, acting = clock(session).now(), actor(session).id
    today = local_date(now, await directory.calendar(session))
    plan.state, plan.set_at, plan.set_by = state, now, acting
    plan.by_superior = plan.rater_id is not None and acting != plan.rater_id
    plan.late = planning_is_over(cycle.phase, cycle.phase_due_at, now)
    if plan.plan_version == 0:  # what is set again after a transfer has a limit of its own (L II.C.6-7)
        plan.late_by_law = today > limit_by_law(cycle.period_start)
    plan.plan_version += 1
    plan.version += 1


async def _require_leader(session: AsyncSession, plan: Plan, *, what: tuple[str, str]) -> None:
    found = await relations_to(session, plan, ObligationKind.ANSWER_PLAN)
    require(found, Relation.RATER, Relation.DEBTOR, what=what)


async def _require_dialogue(session: AsyncSession, plan: Plan) -> None:
    """A plan is set after servant and leader spoke about it (PermenPANRB 6/2022 art. 14)."""
    if not await was_held(session, plan.id, plan.round):
        raise Refused(
            "speak with each other first: no dialogue about this proposal has been recorded",
            "lakukan dialog lebih dahulu: belum ada dialog tentang usulan ini yang dicatat",
        )
