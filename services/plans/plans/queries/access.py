"""How the actor stands to a plan, and who may read it: servant, rater, authority, holder of an obligation, office; peers nothing."""

from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from contracts.obligations import ObligationKind
from contracts.registry.personnel import Status
from directory.models import Person
from directory.relations import Relation, relations, require
from kit.db import actor
from obligations.queries import owes
from obligations.rows import ObligationRow
from services.plans.plans.models import Plan

LEADERS = (Relation.RATER, Relation.AUTHORITY, Relation.DEBTOR)
READERS = (Relation.SELF, *LEADERS, Relation.OFFICE)
_ABOUT_PLANS = (ObligationKind.PROPOSE_PLAN, ObligationKind.ANSWER_PLAN)


def stands_to(
    session: AsyncSession, *, servant_id: UUID, rater_id: UUID | None, authority_id: UUID | None
) -> frozenset[Relation]:
    """Every relation by person; the rater's part falls to the performance office for those whom nobody rates."""
    acting = actor(session)
    found = relations(acting, servant_id=servant_id, rater_id=rater_id, authority_id=authority_id)
    if rater_id is None and Relation.OFFICE in found and Relation.SELF not in found:
        found |= {Relation.RATER}
    return found


async def related(
    session: AsyncSession, plan: Plan, duty: ObligationKind, subject_id: UUID | None = None
) -> frozenset[Relation]:
    """Relations to a plan; HOLDER for whoever owes this obligation about it now, e.g. after a hand-over."""
    found = _to(session, plan)
    if await owes(session, duty, subject_id or plan.id, actor(session).id):
        found |= {Relation.DEBTOR}
    return found


async def require_reader(session: AsyncSession, plan: Plan) -> None:
    """Raises Forbidden for whom the plan does not concern."""
    found = _to(session, plan)
    if found.isdisjoint(READERS):
        for duty in _ABOUT_PLANS:
            found |= await related(session, plan, duty)
    require(found, *READERS, what=("read this plan", "membaca rencana ini"))


def _to(session: AsyncSession, plan: Plan) -> frozenset[Relation]:
    return stands_to(session, servant_id=plan.servant_id, rater_id=plan.rater_id, authority_id=plan.authority_id)


async def on_study_leave(session: AsyncSession, servant_id: UUID) -> bool:
    """Whether the person is away to study, as far as the registry has told."""
    looking = select(col(Person.status)).where(col(Person.id) == servant_id)
    return (await session.scalars(looking)).first() == Status.STUDY_LEAVE


def visible(session: AsyncSession) -> ColumnElement[bool] | None:
    """The plans that the actor may read, as a condition; None means all of the city's."""
    acting = actor(session)
    if acting.has(Role.PERFORMANCE_OFFICE):
        return None
    held = select(col(ObligationRow.subject_id)).where(
        col(ObligationRow.debtor_id) == acting.id,
        col(ObligationRow.state) == "OPEN",
        col(ObligationRow.kind).in_([duty.value for duty in _ABOUT_PLANS]),
    )
    return (
        (col(Plan.servant_id) == acting.id)
        | (col(Plan.rater_id) == acting.id)
        | (col(Plan.authority_id) == acting.id)
        | col(Plan.id).in_(held)
    )
