"""The route of a cycle's numbers."""

from uuid import UUID

from kit import web
from services.feedback.summary import queries

router = web.router(tags=["summary"])


@router.get("/cycles/{cycle_id}/summary", summary="Counts of everything of a cycle (office)")
async def summary(cycle_id: UUID, session: web.Session) -> dict[str, int]:
    return await queries.summary(session, cycle_id)
