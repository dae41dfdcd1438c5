"""More time for a unit or a person, over HTTP; a whole phase is extended where cycles are steered."""

from uuid import UUID

from contracts.evaluation.obligations import OBLIGATIONS
from kit.web import Session, router
from obligations.extensions import Extended, NewExtension, extend

routes = router(tags=["extensions"])


@routes.post("/cycles/{cycle_id}/more-time")
async def extend_duties(session: Session, cycle_id: UUID, body: NewExtension) -> Extended:
    """Give a unit or a person more time for what is owed around appraisals; what is due later already stays as it is."""
    return await extend(session, OBLIGATIONS, cycle_id, body)
