"""How the actor is related to a plan, and who may read it: servant, rater, authority, debtor, office; peers nothing."""

from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from contracts.obligations import ObligationKind
from directory.offices import in_cycle
from directory.relations import Relation, relations, require
from kit.db import actor
from obligations.queries import owes
from obligations.rows import ObligationRow
from services.plans.plans.models import Plan

LEADERS = (Relation.RATER, Relation.AUTHORITY, Relation.DEBTOR)
_LINE = (Relation.RATER, Relation.AUTHORITY)
READERS = (Relation.SELF, *LEADERS, Relation.OFFICE)
_ABOUT_PLANS = (ObligationKind.PROPOSE_PLAN, ObligationKind.ANSWER_PLAN)


async def personal_relations(
    session: AsyncSession, *, servant_id: UUID, rater_id: UUID | None, authority_id: UUID | None, cycle_id: UUID
) -> frozenset[Relation]:
    """Every relation by person; for those whom nobody rates the rater's part falls to whoever acts for the office."""
    acting = actor(session)
    found = relations(acting, servant_id=servant_id, rater_id=rater_id, authority_id=authority_id)
    if (
        rater_id is None
        and acting.assistant_id is None
        and (await in_cycle(session, cycle_id)).may_act(acting, servant_id)
    ):
        found |= {Relation.RATER}
    return found


async def owed_relation(
    session: AsyncSession, found: frozenset[Relation], *, servant_id: UUID, cycle_id: UUID
) -> frozenset[Relation]:
    """DEBTOR for whoever owes it; an officer to whom it fell acts for the office, unless the rule on conflicts forbids."""
    acting = actor(session)
    if acting.assistant_id is not None:
        return frozenset()  # what the person owes about others is no act of his or her own
    for_the_office = acting.has(Role.PERFORMANCE_OFFICE) and found.isdisjoint(_LINE)
    if for_the_office and not (await in_cycle(session, cycle_id)).may_act(acting, servant_id):
        return frozenset()
    return frozenset({Relation.DEBTOR})


async def relations_to(
    session: AsyncSession, plan: Plan, kind: ObligationKind, subject_id: UUID | None = None
) -> frozenset[Relation]:
    """Relations to a plan; DEBTOR for whoever owes this obligation about it now, e.g. after a hand-over."""
    found = await _personally(session, plan)
    if await owes(session, kind, subject_id or plan.id, actor(session).id):
        found |= await owed_relation(session, found, servant_id=plan.servant_id, cycle_id=plan.cycle_id)
    return found


async def require_reader(session: AsyncSession, plan: Plan) -> None:
    """Raises Forbidden for whom the plan does not concern."""
    found = await _personally(session, plan)
    if found.isdisjoint(READERS):
        for kind in _ABOUT_PLANS:
            found |= await relations_to(session, plan, kind)
    require(found, *READERS, what=("read this plan", "membaca rencana ini"))


async def _personally(session: AsyncSession, plan: Plan) -> frozenset[Relation]:
    return await personal_relations(
        session,
        servant_id=plan.servant_id,
        rater_id=plan.rater_id,
        authority_id=plan.authority_id,
        cycle_id=plan.cycle_id,
    )


def visible(session: AsyncSession) -> ColumnElement[bool] | None:
    """The plans that the actor may read, as a condition; None means all of the city's."""
    acting = actor(session)
    if acting.has(Role.PERFORMANCE_OFFICE):
        return None
    if acting.assistant_id is not None:
        return col(Plan.servant_id) == acting.id
    # Also obligations that came by a hand-over: whoever must answer a plan sees it, related to its servant or not.
    held = select(col(ObligationRow.subject_id)).where(
        col(ObligationRow.debtor_id) == acting.id,
        col(ObligationRow.state) == "OPEN",
        col(ObligationRow.kind).in_([kind.value for kind in _ABOUT_PLANS]),
    )
    return (
        (col(Plan.servant_id) == acting.id)
        | (col(Plan.rater_id) == acting.id)
        | (col(Plan.authority_id) == acting.id)
        | col(Plan.id).in_(held)
    )
