"""More time for a unit or a person, over HTTP; a whole phase is extended where cycles are steered."""

from uuid import UUID

from contracts.base import Relation
from directory.queries import known_cycle
from kit import web
from kit.access import permits
from obligations.shifting.extensions import ExtensionRequest, ExtensionResponse
from services.plans.reports.commands.due_dates import give_time

router = web.router(tags=["extensions"])


@router.post(
    "/cycles/{cycle_id}/more-time",
    **permits(
        Relation.OFFICE,
        note="for a unit or a person; never for a limit that is fixed by law",
        concerns="the person; of a unit each of its people, who is left out then",
    ),
)
async def extend_obligations(session: web.Session, cycle_id: UUID, body: ExtensionRequest) -> ExtensionResponse:
    """Give a unit or a person more time for what is owed around plans; what is due later already stays as it is."""
    await known_cycle(session, cycle_id)
    return await give_time(session, cycle_id, body)
