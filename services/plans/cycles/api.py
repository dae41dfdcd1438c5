"""More time for a unit or a person, over HTTP; a whole phase is extended where cycles are steered."""

from uuid import UUID

from kit.web import Session, router
from obligations.shifting.extensions import ExtensionRequest, ExtensionResponse
from services.plans.reports.commands.due_dates import give_time

routes = router(tags=["extensions"])


@routes.post("/cycles/{cycle_id}/more-time")
async def extend_duties(session: Session, cycle_id: UUID, body: ExtensionRequest) -> ExtensionResponse:
    """Give a unit or a person more time for what is owed around plans; what is due later already stays as it is."""
    return await give_time(session, cycle_id, body)
