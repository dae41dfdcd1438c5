"""The route by which everybody reads who looked at his or her records."""

from datetime import date, datetime
from uuid import UUID

from fastapi import APIRouter

from contracts.base import Relation, Role
from kit import web
from kit.access import permits, require_role
from kit.lookups.noting import Lookups
from kit.lookups.reading import page
from kit.paging import Page, Paging, page_of
from kit.responses import FromRow

_OTHERS = ("read who looked at somebody else's records", "membaca siapa yang melihat data pegawai lain")


class LookupResponse(FromRow):
    """Somebody looked at records of oneself on that day."""

    looked_on: date
    reader_id: UUID
    reader_name: str | None
    role: Relation | None
    """How the reader stands to oneself, or by which office; null: by an obligation, a visit, or a relation of before."""
    record: str
    whole_list: bool
    """A list of everybody in which one stands, and not one's own record."""
    cycle_id: UUID | None
    """Of such a list, where it was of one cycle."""
    times: int
    last_at: datetime


def lookups_router(lookups: Lookups, path: str = "/lookups") -> APIRouter:
    """The route of one service."""
    router = web.router(tags=["file"])

    @router.get(
        path,
        summary="Who looked at one's records, and how often, by day",
        **permits(Relation.ANYONE, note="of one's own records alone; an auditor of anybody's"),
    )
    async def list_lookups(
        session: web.Session, actor: web.Acting, paging: Paging, servant_id: UUID | None = None
    ) -> Page[LookupResponse]:
        about = servant_id or actor.id
        if about != actor.id:
            require_role(session, Role.AUDITOR, what=_OTHERS)
        return page_of(await page(session, lookups, about, window=paging), LookupResponse.model_validate)

    return router
