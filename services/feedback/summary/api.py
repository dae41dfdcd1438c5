"""The route of a cycle's numbers."""

from uuid import UUID

from pydantic import RootModel

from contracts.base import Relation
from kit import web
from kit.access import permits
from services.feedback.summary import queries


class CycleCountsResponse(RootModel[dict[str, int]]):
    """How many there are of each, by the name of what was counted."""


router = web.router(tags=["summary"])


@router.get(
    "/cycles/{cycle_id}/summary", summary="Counts of everything of a cycle", **permits(Relation.OFFICE, Relation.LEADER)
)
async def summary(cycle_id: UUID, session: web.Session) -> CycleCountsResponse:
    return CycleCountsResponse(await queries.summary(session, cycle_id))
