"""From draft to set: the servant proposes, the rater returns with a reason or sets after a dialogue.

Whoever holds the obligation after a hand-over may do the same: the rater for a silent servant, the superior for a silent rater.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, literal, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.obligations import ObligationKind
from contracts.plans.plans import PlanProposed, PlanReturned, PlanSet
from directory import queries as directory
from directory.relations import Relation, require
from kit.db import actor, clock
from kit.errors import Refused
from kit.outbox import emit
from obligations.rows import ObligationRow
from services.plans.cycles.rules import planning_is_over
from services.plans.dialogues.models import Dialogue
from services.plans.plans.commands.locks import locked, require_fresh
from services.plans.plans.commands.obligations import ask_to_answer, ask_to_mend, done
from services.plans.plans.commands.versions import keep
from services.plans.plans.models import Plan
from services.plans.plans.queries.access import on_study_leave, related
from services.plans.plans.queries.content import content, indicator_states
from services.plans.plans.rules import proposal
from services.plans.plans.rules.states import Act, State, move


async def propose(session: AsyncSession, plan_id: UUID, *, if_match: int | None = None) -> Plan:
    """Put the plan before the rater; asked twice it is the same proposal."""
    plan = await locked(session, plan_id)
    acting = actor(session).id
    if plan.state == State.PROPOSED and acting in (plan.servant_id, plan.proposed_by):
        return plan
    found = await related(session, plan, ObligationKind.PROPOSE_PLAN)
    require(found, Relation.SELF, Relation.DEBTOR, what=("propose this plan", "mengusulkan rencana ini"))
    require_fresh(plan, if_match)
    state = move(plan.state, Act.PROPOSE)
    policy = await directory.cycle_policy(session, plan.cycle_id)
    studies = await on_study_leave(session, plan.servant_id)
    proposal.require(await content(session, plan.id), policy, on_study_leave=studies)
    late = await done(session, plan, ObligationKind.PROPOSE_PLAN)
    rater_id, respond_by = await ask_to_answer(session, plan)
    plan.state, plan.proposed_at, plan.proposed_by = state, clock(session).now(), acting
    plan.propose_late = plan.propose_late or late
    plan.version += 1
    emit(session, _proposed(plan, rater_id=rater_id, respond_by=respond_by, late=late))
    return plan


def _proposed(plan: Plan, *, rater_id: UUID, respond_by: datetime, late: bool) -> PlanProposed:
    return PlanProposed(
        tenant_id=plan.tenant_id,
        plan_id=plan.id,
        cycle_id=plan.cycle_id,
        servant_id=plan.servant_id,
        rater_id=rater_id,
        round=plan.round,
        respond_by=respond_by,
        late=late,
    )


async def return_plan(session: AsyncSession, plan_id: UUID, *, reason: str) -> Plan:
    """Give the plan back with a reason; the servant owes it again within three working days."""
    plan = await locked(session, plan_id)
    acting = actor(session).id
    if plan.state == State.RETURNED and acting == plan.returned_by:
        return plan
    await _require_leader(session, plan, what=("return this plan", "mengembalikan rencana ini"))
    plan.state = move(plan.state, Act.RETURN)
    plan.returned_reason, plan.returned_by = reason, acting
    told = PlanReturned(
        tenant_id=plan.tenant_id,
        plan_id=plan.id,
        cycle_id=plan.cycle_id,
        servant_id=plan.servant_id,
        returned_by=acting,
        reason=reason,
        round=plan.round,
    )
    plan.round += 1
    plan.version += 1
    await done(session, plan, ObligationKind.ANSWER_PLAN)
    await ask_to_mend(session, plan)
    emit(session, told, reason=reason)
    return plan


async def set_plan(session: AsyncSession, plan_id: UUID, *, if_match: int | None = None) -> Plan:
    """Make the plan what results are measured against; a dialogue about it must have been recorded in this round."""
    plan = await locked(session, plan_id)
    acting = actor(session).id
    anew = plan.state == State.SET and await _is_owed(session, plan)
    if plan.state == State.SET and acting == plan.set_by and not anew:
        return plan
    await _require_leader(session, plan, what=("set this plan", "menetapkan rencana ini"))
    require_fresh(plan, if_match)
    state = move(plan.state, Act.RENEW if anew else Act.SET)
    await _require_dialogue(session, plan)
    cycle = await directory.cycle(session, plan.cycle_id)
    now = clock(session).now()
    await done(session, plan, ObligationKind.ANSWER_PLAN)
    plan.state, plan.set_at, plan.set_by = state, now, acting
    plan.by_superior = plan.rater_id is not None and acting != plan.rater_id
    plan.late = planning_is_over(cycle.phase, cycle.phase_due_at, now)
    plan.plan_version += 1
    plan.version += 1
    await keep(session, plan, await content(session, plan.id))
    await tell_set(session, plan)
    return plan


async def set_plans(session: AsyncSession, plan_ids: Sequence[UUID]) -> list[Plan]:
    """Set several plans, all or none; locked in one order, so that two who do this never wait for each other."""
    return [await set_plan(session, plan_id) for plan_id in sorted(set(plan_ids))]


async def tell_set(session: AsyncSession, plan: Plan, *, reason: str | None = None) -> None:
    """Tell what is expected from here on."""
    told = PlanSet(
        tenant_id=plan.tenant_id,
        plan_id=plan.id,
        cycle_id=plan.cycle_id,
        servant_id=plan.servant_id,
        version=plan.plan_version,
        set_by=actor(session).id,
        by_superior=plan.by_superior,
        late=plan.late,
        indicators=(await indicator_states(session, [plan.id]))[plan.id],
    )
    emit(session, told, reason=reason)


async def _is_owed(session: AsyncSession, plan: Plan) -> bool:
    """A plan that was set is owed again: after a transfer, to be agreed with the new leader (L II.C.6-7)."""
    waiting = select(literal(1)).where(
        col(ObligationRow.kind) == ObligationKind.ANSWER_PLAN.value,
        col(ObligationRow.subject_id) == plan.id,
        col(ObligationRow.state) == "OPEN",
    )
    return (await session.execute(waiting.limit(1))).first() is not None


async def _require_leader(session: AsyncSession, plan: Plan, *, what: tuple[str, str]) -> None:
    found = await related(session, plan, ObligationKind.ANSWER_PLAN)
    require(found, Relation.RATER, Relation.DEBTOR, what=what)


_TALK = (
    select(literal(1))
    .where(
        col(Dialogue.plan_id) == bindparam("id"),
        col(Dialogue.round) == bindparam("round"),
        col(Dialogue.purpose) == "SET",
    )
    .limit(1)
)


async def _require_dialogue(session: AsyncSession, plan: Plan) -> None:
    """A plan is set after servant and leader spoke about it (PermenPANRB 6/2022 art. 14)."""
    if (await session.execute(_TALK, {"id": plan.id, "round": plan.round})).first() is None:
        raise Refused(
            "speak with each other first: no dialogue about this proposal has been recorded",
            "lakukan dialog lebih dahulu: belum ada dialog tentang usulan ini yang dicatat",
        )
