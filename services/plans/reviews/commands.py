"""Drawing a sample of plans that were set, and recording what was found of each; nothing of it holds a plan up."""

from uuid import UUID

from sqlalchemy import func, literal, select, text
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role, new_id
from contracts.plans.reviews import ReviewFinding
from directory import queries as directory
from directory.offices import require_office
from kit.access import require_role
from kit.db import actor, clock
from kit.errors import Refused, Stale
from kit.outbox import emit
from services.plans.plans.commands.locks import locked
from services.plans.plans.models import Plan
from services.plans.plans.rules.states import PlanState
from services.plans.reviews import events
from services.plans.reviews.models import PlanLot, PlanReview, PlanSample
from services.plans.reviews.queries import reviews, sample
from services.plans.reviews.rules import fresh_seed, require_words

# One statement draws from every unit, and keeps those that were not drawn: `rules.draw` comes to the same from the seed.
_DRAW = text(
    """
    with lots as (
        select tenant_id, id, unit_id, plan_version,
            encode(sha256(convert_to(cast(:seed as text) || ':' || id, 'UTF8')), 'hex') as lot
        from plans where tenant_id = :tenant and cycle_id = :cycle and state = :state and ended_on is null
    ), ranked as (
        select lots.*, row_number() over (partition by unit_id order by lot, id) as place,
            count(*) over (partition by unit_id) as of_unit
        from lots
    ), kept as (
        insert into plan_lots (tenant_id, sample_id, plan_id, unit_id, plan_version, lot, drawn)
        select tenant_id, :sample, id, unit_id, plan_version, lot,
            place <= greatest(cast(:least as integer), ceil(of_unit * cast(:share as integer) / 100.0))
        from ranked returning drawn
    )
    select count(*) as took_part, count(*) filter (where drawn) as drawn from kept
    """
)


async def draw(session: AsyncSession, cycle_id: UUID, *, seed: str | None) -> PlanSample:
    """Draw by lot from the plans that are set, unit by unit, as many as the policy says; the same seed is the same sample."""
    require_role(session, Role.PERFORMANCE_OFFICE, what=("draw a sample of plans", "mengambil sampel rencana"))
    await directory.known_cycle(session, cycle_id)
    rule = (await directory.cycle_policy(session, cycle_id)).plan_review
    # Two who draw with one seed at once wait for each other: the lock is on the cycle, because there is no row yet.
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"plan-sample/{cycle_id}"))))
    same = select(PlanSample).where(col(PlanSample.cycle_id) == cycle_id, col(PlanSample.seed) == literal(seed))
    if seed is not None and (before := (await session.scalars(same)).first()) is not None:
        return before
    drawn = PlanSample(
        tenant_id=actor(session).tenant_id,
        id=new_id(),
        cycle_id=cycle_id,
        seed=seed or fresh_seed(),
        share=rule.share,
        least=rule.least,
        drawn_at=clock(session).now(),
        drawn_by=actor(session).id,
    )
    session.add(drawn)
    await session.flush()
    await _draw(session, drawn)
    emit(session, events.sampled(drawn))
    return drawn


async def _draw(session: AsyncSession, sample: PlanSample) -> None:
    asked = {
        "tenant": sample.tenant_id,
        "cycle": sample.cycle_id,
        "sample": sample.id,
        "seed": sample.seed,
        "share": sample.share,
        "least": sample.least,
        "state": PlanState.SET.value,
    }
    sample.took_part, sample.drawn = (await session.execute(_DRAW, asked)).one()
    if not sample.drawn:
        raise Refused(
            "no plan of this cycle is set yet: there is nothing to draw from",
            "belum ada rencana yang ditetapkan pada siklus ini: belum ada yang dapat diambil sebagai sampel",
        )


async def record(
    session: AsyncSession,
    sample_id: UUID,
    plan_id: UUID,
    *,
    finding: ReviewFinding,
    what: str | None,
    how: str | None,
    plan_version: int | None = None,
) -> PlanReview:
    """Record what was found of a plan in the sample; the plan stays as it is, and its rater may amend it.

    The same finding of the same version again is the same one. Raises Refused for a plan that was not drawn.
    """
    await sample(session, sample_id)
    plan = await locked(session, plan_id)
    doing = ("review this plan", "mereviu rencana ini")
    await require_office(session, plan.servant_id, cycle_id=plan.cycle_id, what=doing)
    await _require_drawn(session, sample_id, plan)
    _require_version(plan, plan_version)
    require_words(finding, what=what, how=how)
    earlier = [one for one in await reviews(session, plan.id) if one.plan_version == plan.plan_version]
    if earlier and (earlier[-1].finding, earlier[-1].what, earlier[-1].how) == (finding.value, what, how):
        return earlier[-1]
    review = PlanReview(
        tenant_id=plan.tenant_id,
        id=new_id(),
        plan_id=plan.id,
        sample_id=sample_id,
        plan_version=plan.plan_version,
        finding=finding.value,
        what=what,
        how=how,
        reviewed_at=clock(session).now(),
        reviewed_by=actor(session).id,
    )
    session.add(review)
    emit(session, events.reviewed(plan, review, set_by=plan.set_by or plan.servant_id), reason=what)
    return review


async def _require_drawn(session: AsyncSession, sample_id: UUID, plan: Plan) -> None:
    lot = select(col(PlanLot.drawn)).where(col(PlanLot.sample_id) == sample_id, col(PlanLot.plan_id) == plan.id)
    if not (await session.scalars(lot)).first():
        raise Refused(
            "this plan is not in the sample: whoever is not drawn is not picked out either",
            "rencana ini tidak termasuk sampel: yang tidak terambil tidak boleh dipilih sendiri",
        )


def _require_version(plan: Plan, plan_version: int | None) -> None:
    if plan_version is not None and plan_version != plan.plan_version:
        raise Stale(
            f"version {plan.plan_version} of the plan was set meanwhile: read it first",
            f"rencana versi {plan.plan_version} telah ditetapkan: baca lebih dahulu",
            version=plan.plan_version,
        )
