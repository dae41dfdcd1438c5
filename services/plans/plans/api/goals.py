"""Route of what a plan's results may be linked to: goals of the city and results of the rater."""

from uuid import UUID

from pydantic import BaseModel

from directory.queries import cycle_policy
from kit import web
from kit.access import permits
from kit.responses import FromRow
from services.plans.plans.queries import plans as queries
from services.plans.plans.queries.access import READERS

router = web.router(tags=["plans"])


class SuperiorResult(FromRow):
    """A result of the rater."""

    id: UUID
    statement: str


class GoalsResponse(BaseModel):
    """What a plan's results may be linked to."""

    goals: list[str]
    superior_results: list[SuperiorResult]


@router.get(
    "/plans/{plan_id}/goals",
    summary="The city's goals and the rater's results that a plan may be linked to",
    **permits(*READERS, assisted=True),
)
async def goals(plan_id: UUID, session: web.Session) -> GoalsResponse:
    plan = await queries.find(session, plan_id)
    policy = await cycle_policy(session, plan.cycle_id)
    results = await queries.superior_results(session, plan)
    return GoalsResponse(
        goals=[goal.id for goal in policy.goals],
        superior_results=[SuperiorResult.model_validate(result) for result in results],
    )
