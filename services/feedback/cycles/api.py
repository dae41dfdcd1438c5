"""More time for a unit or a person, over HTTP; a whole phase is extended where cycles are steered."""

from uuid import UUID

from contracts.base import Relation
from contracts.feedback.obligations import OBLIGATIONS
from kit import web
from kit.access import permits
from obligations.extensions import Extended, NewExtension, extend

router = web.router(tags=["extensions"])


@router.post(
    "/cycles/{cycle_id}/more-time",
    **permits(Relation.OFFICE, note="for a unit or a person; never for a limit that is fixed by law"),
)
async def extend_obligations(session: web.Session, cycle_id: UUID, body: NewExtension) -> Extended:
    """Give a unit or a person more time for what is owed around feedback and objections; what is due later already stays as it is."""
    return await extend(session, OBLIGATIONS, cycle_id, body)
