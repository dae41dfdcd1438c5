"""Beginning a plan with what an earlier plan of the same person said."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from directory.models import CycleCopy
from services.plans.plans.commands.drafts import write
from services.plans.plans.models import Plan, PlanVersion
from services.plans.plans.queries.content import content
from services.plans.plans.queries.people import on_study_leave
from services.plans.plans.queries.plans import find
from services.plans.plans.rules.content import Content
from services.plans.plans.rules.copies import carried, nothing_to_copy
from services.plans.plans.rules.proposal import Finding
from services.plans.practices.queries import available
from services.plans.templates.rules import require_empty


@dataclass(frozen=True, slots=True)
class Copied:
    """From which plan, and what stayed behind."""

    from_plan_id: UUID
    left_out: list[Finding]


async def copy(session: AsyncSession, plan_id: UUID, *, from_plan_id: UUID | None = None) -> Copied:
    """Write what was last set in an earlier period into an empty plan; its writer goes on from there.

    Raises Refused where the plan says something already, and where no earlier plan was ever set.
    """
    plan = await find(session, plan_id)
    require_empty(await content(session, plan_id))
    before = await _earlier(session, plan, from_plan_id)
    said = Content.model_validate(before.content)
    going = carried(
        said,
        practices=await available(session, said.practices),
        on_study_leave=await on_study_leave(session, plan.servant_id),
    )
    await write(session, plan_id, written=going.content)
    return Copied(before.plan_id, going.left_out)


async def _earlier(session: AsyncSession, plan: Plan, from_plan_id: UUID | None) -> PlanVersion:
    """The newest content that was set in the named plan, or in the newest earlier one; of the same person alone."""
    here, there = aliased(CycleCopy), aliased(CycleCopy)
    start = col(there.period_start)
    looking = (
        select(PlanVersion)
        .join(Plan, col(Plan.id) == col(PlanVersion.plan_id))
        .join(there, col(there.id) == col(Plan.cycle_id))
        .join(here, col(here.id) == plan.cycle_id)
        .where(
            col(Plan.servant_id) == plan.servant_id,
            col(Plan.id) != plan.id,
            start < col(here.period_start),
        )
        .order_by(start.desc(), col(Plan.id), col(PlanVersion.plan_version).desc())
        .limit(1)
    )
    if from_plan_id is not None:
        looking = looking.where(col(Plan.id) == from_plan_id)
    found = (await session.scalars(looking)).first()
    if found is None:
        raise nothing_to_copy()
    return found
