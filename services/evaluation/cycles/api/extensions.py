"""More time for a unit or a person, over HTTP; a whole phase is extended by an intervention."""

from uuid import UUID

from contracts.base import Relation
from contracts.evaluation.obligations import OBLIGATIONS
from directory.queries import people_of
from directory.weeks import calendars
from kit import web
from kit.access import permits
from kit.web import Session
from obligations.shifting.extensions import ExtensionRequest, ExtensionResponse, extend
from services.evaluation.appraisals.queries.offices import in_cycle
from services.evaluation.cycles.queries import context

router = web.router(tags=["extensions"])


@router.post(
    "/cycles/{cycle_id}/more-time",
    **permits(
        Relation.OFFICE,
        note="for a unit or a person; never for a limit that is fixed by law",
        concerns="the person; of a unit each of its people, who is left out then",
    ),
)
async def extend_obligations(session: Session, cycle_id: UUID, body: ExtensionRequest) -> ExtensionResponse:
    """Give a unit or a person more time for what is owed around appraisals; what is due later already stays as it is."""
    await context.cycle(session, cycle_id)
    return await extend(session, OBLIGATIONS, cycle_id, body, people=people_of, weeks=calendars, offices=in_cycle)
