"""Samples of plans, what is to be read of each, and what was found; whether a sample is what its seed draws."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import aliased
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from directory.models import Person
from directory.queries import known_cycle
from kit.access import require_role
from kit.errors import NotFound
from kit.keyset import Found, Window, read, read_rows
from services.plans.plans.models import Plan
from services.plans.reviews import rules
from services.plans.reviews.models import PlanLot, PlanReview, PlanSample

_READ = select(PlanReview).where(col(PlanReview.plan_id) == bindparam("plan_id")).order_by(col(PlanReview.id))
_WHAT = ("read samples of plans", "membaca sampel rencana")


@dataclass(frozen=True, slots=True)
class Sampled:
    """A plan of a sample with its owner, and what was found of it last."""

    lot: PlanLot
    plan: Plan
    name: str | None
    review: PlanReview | None


async def reviews(session: AsyncSession, plan_id: UUID) -> Sequence[PlanReview]:
    """Everything that was found of a plan, in the order in which it was found."""
    return (await session.scalars(_READ, {"plan_id": plan_id})).all()


async def sample(session: AsyncSession, sample_id: UUID) -> PlanSample:
    """The sample; raises NotFound."""
    found = (await session.scalars(select(PlanSample).where(col(PlanSample.id) == sample_id))).first()
    if found is None:
        raise NotFound(f"no sample {sample_id} in this city", f"sampel {sample_id} tidak ada di kota ini")
    return found


async def page(session: AsyncSession, cycle_id: UUID, *, window: Window) -> Found[PlanSample]:
    """A page of the samples of a cycle, oldest first."""
    require_role(session, Role.PERFORMANCE_OFFICE, Role.AUDITOR, what=_WHAT)
    await known_cycle(session, cycle_id)
    return await read(
        session, select(PlanSample).where(col(PlanSample.cycle_id) == cycle_id), col(PlanSample.id), window=window
    )


async def drawn(session: AsyncSession, sample_id: UUID, *, window: Window) -> Found[Sampled]:
    """A page of the plans that were drawn, with what was found of each last."""
    require_role(session, Role.PERFORMANCE_OFFICE, what=_WHAT)
    await sample(session, sample_id)
    later = aliased(PlanReview)
    newest = (
        select(col(later.id))
        .where(col(later.plan_id) == col(Plan.id), col(later.sample_id) == sample_id)
        .order_by(col(later.id).desc())
        .limit(1)
        .correlate(Plan)
        .scalar_subquery()
    )
    looking = (
        select(PlanLot, Plan, col(Person.name), PlanReview)
        .join(Plan, and_(col(Plan.tenant_id) == col(PlanLot.tenant_id), col(Plan.id) == col(PlanLot.plan_id)))
        .outerjoin(Person, col(Person.id) == col(Plan.servant_id))
        .outerjoin(PlanReview, col(PlanReview.id) == newest)
        .where(col(PlanLot.sample_id) == sample_id, col(PlanLot.drawn))
    )
    found = await read_rows(session, looking, col(PlanLot.plan_id), window=window)
    return Found([Sampled(*row) for row in found.items], found.next)


async def redraw(session: AsyncSession, sample_id: UUID) -> tuple[PlanSample, list[UUID]]:
    """Draw the sample again from its seed; returns the plans about which the two differ, none where nobody chose."""
    require_role(session, Role.PERFORMANCE_OFFICE, Role.AUDITOR, what=_WHAT)
    kept = await sample(session, sample_id)
    lots = (await session.scalars(select(PlanLot).where(col(PlanLot.sample_id) == sample_id))).all()
    units = {one.plan_id: one.unit_id for one in lots}
    again = rules.draw(kept.seed, units, share=kept.share, least=kept.least)
    return kept, sorted(again ^ {one.plan_id for one in lots if one.drawn})


async def lots(session: AsyncSession, sample_id: UUID, *, window: Window) -> Found[PlanLot]:
    """A page of everything that took part in the draw, so that anybody can draw again elsewhere."""
    require_role(session, Role.PERFORMANCE_OFFICE, Role.AUDITOR, what=_WHAT)
    await sample(session, sample_id)
    taking_part = select(PlanLot).where(col(PlanLot.sample_id) == sample_id)
    return await read(session, taking_part, col(PlanLot.plan_id), window=window)
