"""Amending a plan that was set: the rater writes a new version with a reason; the old one is kept."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.obligations import ObligationKind
from directory import queries as directory
from directory.relations import Relation, require
from services.plans.cycles.rules import require_before_evaluation
from services.plans.plans.commands.answers import emit_set
from services.plans.plans.commands.drafts import store
from services.plans.plans.commands.locks import locked, require_fresh
from services.plans.plans.commands.obligations import done
from services.plans.plans.commands.versions import keep
from services.plans.plans.models import Plan
from services.plans.plans.queries.access import relations_to
from services.plans.plans.queries.content import content
from services.plans.plans.queries.people import on_study_leave
from services.plans.plans.rules import proposal
from services.plans.plans.rules.content import Content, bare
from services.plans.plans.rules.states import Act, move


async def amend(
    session: AsyncSession, plan_id: UUID, *, reason: str, written: Content, if_match: int | None = None
) -> Plan:
    """Set another content (PermenPANRB 6/2022 arts 11, 14); what ``written`` does not name stays as it is.

    The same content again changes nothing.
    """
    plan = await locked(session, plan_id)
    found = await relations_to(session, plan, ObligationKind.ANSWER_PLAN)
    require(found, Relation.RATER, what=("amend this plan", "mengubah rencana ini"))
    require_fresh(plan, if_match)
    plan.state = move(plan.state, Act.AMEND)
    before = await content(session, plan.id)
    written = before.model_copy(update={name: getattr(written, name) for name in written.model_fields_set})
    if bare(written) == bare(before):
        return plan
    cycle = await directory.cycle(session, plan.cycle_id)
    require_before_evaluation(cycle.phase)
    policy = await directory.cycle_policy(session, plan.cycle_id)
    studies = await on_study_leave(session, plan.servant_id)
    proposal.require(written, policy, on_study_leave=studies, before=before)
    kept = await store(session, plan, before=before, written=written)
    await done(session, plan, ObligationKind.ANSWER_PLAN)  # owed after a transfer
    plan.plan_version += 1
    plan.version += 1
    await keep(session, plan, kept, reason=reason)
    await emit_set(session, plan, reason=reason)
    return plan
