"""More time for a unit or a person, over HTTP; a whole phase is extended where cycles are steered."""

from uuid import UUID

from contracts.evaluation.obligations import OBLIGATIONS
from directory.queries import people_of
from directory.weeks import calendars
from kit.web import Session, router
from obligations.shifting.extensions import ExtensionRequest, ExtensionResponse, extend

routes = router(tags=["extensions"])


@routes.post("/cycles/{cycle_id}/more-time")
async def extend_duties(session: Session, cycle_id: UUID, body: ExtensionRequest) -> ExtensionResponse:
    """Give a unit or a person more time for what is owed around appraisals; what is due later already stays as it is."""
    return await extend(session, OBLIGATIONS, cycle_id, body, people=people_of, weeks=calendars)
