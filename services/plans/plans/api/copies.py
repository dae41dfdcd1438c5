"""Route by which an empty plan begins with what an earlier plan of the same person said."""

from uuid import UUID

from fastapi import Response

from contracts.base import Relation
from kit import web
from kit.access import permits
from services.plans.plans.api.etags import tag
from services.plans.plans.api.requests import CopyRequest
from services.plans.plans.api.responses import PlanCopyResponse, PlanResponse
from services.plans.plans.commands import copies
from services.plans.plans.queries import plans as queries

router = web.router(tags=["plans"])


@router.post(
    "/plans/{plan_id}/copy",
    summary="Begin an empty plan with what an earlier plan of the same person said",
    **permits(
        Relation.SELF, Relation.DEBTOR, note="debtor of the obligation to propose, after a hand-over", assisted=True
    ),
)
async def copy(plan_id: UUID, body: CopyRequest, session: web.Session, response: Response) -> PlanCopyResponse:
    copied = await copies.copy(session, plan_id, from_plan_id=body.from_plan_id)
    found = await queries.whole(session, plan_id)
    tag(response, found.plan)
    said = PlanResponse.of(found).model_dump()
    return PlanCopyResponse(**said, copied_from=copied.from_plan_id, left_out=copied.left_out)
