"""Routes of work results that a leader took over."""

from uuid import UUID

from pydantic import BaseModel

from contracts.base import Relation
from kit import web
from kit.access import permits
from kit.paging import Page, Paging, page_of
from kit.responses import FromRow
from services.feedback.fields import Instant, Short, Text
from services.feedback.file.commands import note
from services.feedback.file.rules import Record
from services.feedback.support import queries
from services.feedback.support.commands import take_overs

router = web.router(tags=["support"])


class TakeOverRequest(BaseModel):
    """Which work result of whom, and why."""

    cycle_id: UUID
    servant_id: UUID
    result: Short
    note: Text


class TakeOverResponse(FromRow):
    """A work result that the leader took over."""

    id: UUID
    cycle_id: UUID
    servant_id: UUID
    leader_id: UUID
    result: str
    note: str
    at: Instant


@router.get(
    "/take-overs",
    summary="Work results that were taken over, of oneself and by oneself; all for the office",
    **permits(Relation.ANYONE, note="of oneself and by oneself; all for the office"),
)
async def list_take_overs(session: web.Session, paging: Paging, cycle_id: UUID | None = None) -> Page[TakeOverResponse]:
    found = await queries.take_overs(session, cycle_id=cycle_id, window=paging)
    await note(session, Record.TAKE_OVER, [one.servant_id for one in found.items])
    return page_of(found, TakeOverResponse.model_validate)


@router.post(
    "/take-overs",
    status_code=201,
    summary="Take over a work result, with a note (rater)",
    **permits(Relation.RATER, note="with a note that counts in the evaluation"),
)
async def take_over(body: TakeOverRequest, session: web.Session) -> TakeOverResponse:
    taken = await take_overs.take_over(session, body.cycle_id, body.servant_id, result=body.result, note=body.note)
    return TakeOverResponse.model_validate(taken)
