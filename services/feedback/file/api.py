"""Routes of one's own file."""

from uuid import UUID

from contracts.base import Relation
from kit import web
from kit.access import permits
from kit.lookups.api import lookups_router
from kit.paging import Page, Paging, page_of
from kit.responses import FromRow
from services.feedback.fields import Instant
from services.feedback.file import queries
from services.feedback.file.commands import LOOKUPS

router = web.router(tags=["file"])


class FileEntryResponse(FromRow):
    """One record about oneself; what it says stands at its own route."""

    id: UUID
    record: str
    cycle_id: UUID | None
    at: Instant | None
    by_id: UUID | None
    state: str | None


@router.get(
    "/file",
    summary="Everything here that happened to oneself, newest first",
    **permits(Relation.ANYONE, note="one's own alone"),
)
async def list_entries(session: web.Session, paging: Paging) -> Page[FileEntryResponse]:
    return page_of(await queries.entries(session, window=paging), FileEntryResponse.model_validate)


looked = lookups_router(LOOKUPS, "/file/lookups")
