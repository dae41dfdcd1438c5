"""Route of the plans of a visited unit."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from contracts.base import Relation
from kit import web
from kit.access import permits
from kit.paging import Page, Paging, page_of
from services.plans.lookups.commands import LOOKUPS
from services.plans.lookups.rules import Record
from services.plans.plans.rules.agreements import Expectation, Resource
from services.plans.plans.rules.content import Content, WorkResult
from services.plans.visits import queries
from services.plans.visits.queries import VisitedPlan

router = web.router(tags=["visits"])


class VisitedPlanResponse(BaseModel):
    """What somebody of the unit has agreed to achieve; not what was reported, talked about or follows from it."""

    plan_id: UUID
    servant_id: UUID
    plan_version: int
    set_at: datetime
    results: tuple[WorkResult, ...]
    expectations: tuple[Expectation, ...]
    resources: tuple[Resource, ...]

    @classmethod
    def of(cls, found: VisitedPlan) -> "VisitedPlanResponse":
        """Made from the plan and the content that counts."""
        content = Content.model_validate(found.version.content)
        return cls(
            plan_id=found.plan.id,
            servant_id=found.plan.servant_id,
            plan_version=found.version.plan_version,
            set_at=found.version.set_at,
            results=content.results,
            expectations=content.expectations,
            resources=content.resources,
        )


@router.get(
    "/visits/{visit_id}/plans",
    summary="The plans of the unit that a panel visits, as they were set last",
    **permits(
        Relation.PANEL,
        note="this visit's, until it is over; never one's own, of superiors, subordinates or where a conflict was declared",
    ),
)
async def visited_plans(visit_id: UUID, session: web.Session, paging: Paging) -> Page[VisitedPlanResponse]:
    found = await queries.visited(session, visit_id, window=paging)
    await LOOKUPS.note(session, Record.PLAN, [one.plan.servant_id for one in found.items])
    return page_of(found, VisitedPlanResponse.of)
