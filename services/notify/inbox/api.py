"""A person's own notices over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import AwareDatetime, BaseModel

from contracts.base import Relation
from kit import web
from kit.access import permits
from kit.paging import Page, Paging
from kit.responses import FromRow
from kit.web import Acting, Session
from services.notify.inbox import commands, queries

router = web.router(tags=["inbox"])


class NoticeResponse(FromRow):
    """A notice in the person's language."""

    id: UUID
    template: str
    subject: str
    body: str
    about_type: str
    about_id: UUID | None
    cycle_id: UUID | None
    created_at: AwareDatetime
    read_at: AwareDatetime | None


class InboxResponse(Page[NoticeResponse]):
    """A page of the inbox."""

    unread: int
    """In the whole inbox."""


class ReadResponse(BaseModel):
    """How many notices were marked."""

    read: int


_OWN = permits(Relation.ANYONE, note="one's own")


@router.get("/inbox", summary="Your notices, newest first", **_OWN)
async def read_inbox(
    session: Session,
    acting: Acting,
    paging: Paging,
    *,
    unread: Annotated[bool, Query(description="Only what you have not read.")] = False,
) -> InboxResponse:
    found = await queries.inbox(session, acting.id, unread=unread, window=paging)
    return InboxResponse(
        items=[NoticeResponse.model_validate(row) for row in found.items],
        next=found.next,
        unread=await queries.unread(session, acting.id),
    )


@router.post(
    "/inbox/{notice_id}/read",
    summary="Mark a notice as read",
    **permits(Relation.SELF, note="whose notice it is"),
)
async def mark_read(notice_id: UUID, session: Session) -> NoticeResponse:
    return NoticeResponse.model_validate(await commands.mark_read(session, notice_id))


@router.post("/inbox/read-all", summary="Mark every notice as read", **_OWN)
async def mark_all_read(session: Session) -> ReadResponse:
    return ReadResponse(read=await commands.mark_all_read(session))
