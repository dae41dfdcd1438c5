"""Proposing a plan: the servant, or the rater of one who stays silent, puts it before who has to answer."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.obligations import ObligationKind
from directory import queries as directory
from directory.relations import Relation, require
from kit.db import actor, clock
from kit.outbox import emit
from services.plans.plans.commands import events
from services.plans.plans.commands.locks import locked, require_fresh
from services.plans.plans.commands.obligations import ask_to_answer, done
from services.plans.plans.models import Plan
from services.plans.plans.queries.access import relations_to
from services.plans.plans.queries.content import content
from services.plans.plans.queries.people import on_study_leave
from services.plans.plans.rules import proposal
from services.plans.plans.rules.states import Act, PlanState, move


async def propose(session: AsyncSession, plan_id: UUID, *, if_match: int | None = None) -> Plan:
    """Put the plan before the rater; asked twice it is the same proposal."""
    plan = await locked(session, plan_id)
    acting = actor(session).id
    if plan.state == PlanState.PROPOSED and acting in (plan.servant_id, plan.proposed_by):
        return plan
    found = await relations_to(session, plan, ObligationKind.PROPOSE_PLAN)
    require(found, Relation.SELF, Relation.DEBTOR, what=("propose this plan", "mengusulkan rencana ini"))
    require_fresh(plan, if_match)
    state = move(plan.state, Act.PROPOSE)
    await _require_complete(session, plan)
    late = await done(session, plan, ObligationKind.PROPOSE_PLAN)
    rater_id, respond_by = await ask_to_answer(session, plan)
    plan.state, plan.proposed_at, plan.proposed_by = state, clock(session).now(), acting
    plan.propose_late = plan.propose_late or late
    plan.version += 1
    emit(session, events.proposed(plan, rater_id=rater_id, respond_by=respond_by, late=late))
    return plan


async def _require_complete(session: AsyncSession, plan: Plan) -> None:
    policy = await directory.cycle_policy(session, plan.cycle_id)
    studies = await on_study_leave(session, plan.servant_id)
    proposal.require(await content(session, plan.id), policy, on_study_leave=studies)
