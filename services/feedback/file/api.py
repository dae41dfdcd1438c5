"""Routes of one's own file."""

from datetime import date
from uuid import UUID

from contracts.base import Relation
from kit import web
from kit.access import permits
from kit.paging import Page, Paging, page_of
from kit.responses import FromRow
from services.feedback.fields import Instant
from services.feedback.file import queries

router = web.router(tags=["file"])


class FileEntryResponse(FromRow):
    """One record about oneself; what it says stands at its own route."""

    id: UUID
    record: str
    cycle_id: UUID | None
    at: Instant | None
    by_id: UUID | None
    state: str | None


class LookupResponse(FromRow):
    """Somebody looked at records of oneself on that day."""

    looked_on: date
    reader_id: UUID
    record: str
    times: int
    last_at: Instant


@router.get(
    "/file",
    summary="Everything here that happened to oneself, newest first",
    **permits(Relation.ANYONE, note="one's own alone"),
)
async def list_entries(session: web.Session, paging: Paging) -> Page[FileEntryResponse]:
    return page_of(await queries.entries(session, window=paging), FileEntryResponse.model_validate)


@router.get(
    "/file/lookups",
    summary="Who looked at one's records, and how often, by day",
    **permits(Relation.ANYONE, note="of one's own records alone"),
)
async def list_lookups(session: web.Session, paging: Paging) -> Page[LookupResponse]:
    return page_of(await queries.lookups(session, window=paging), LookupResponse.model_validate)
