"""A person's own notices."""

from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import AwareDatetime, BaseModel, ConfigDict

from kit import web
from kit.web import Acting, Session
from services.notify.inbox import commands, queries
from services.notify.pages import Cursor, Limit, next_after

router = web.router(tags=["inbox"])


class NoticeOut(BaseModel):
    """A notice in the person's language."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    template: str
    subject: str
    body: str
    about_type: str
    about_id: UUID | None
    cycle_id: UUID | None
    created_at: AwareDatetime
    read_at: AwareDatetime | None


class InboxOut(BaseModel):
    """A page of the inbox."""

    items: list[NoticeOut]
    unread: int
    """In the whole inbox."""
    next: UUID | None


class ReadOut(BaseModel):
    """How many notices were marked."""

    read: int


@router.get("/inbox", summary="Your notices, newest first")
async def read_inbox(
    session: Session,
    acting: Acting,
    *,
    unread: Annotated[bool, Query(description="Only what you have not read.")] = False,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> InboxOut:
    rows = await queries.inbox(session, acting.id, unread=unread, before=cursor, limit=limit)
    items = [NoticeOut.model_validate(row) for row in rows]
    return InboxOut(items=items, unread=await queries.unread(session, acting.id), next=next_after(items, limit))


@router.post("/inbox/{notice_id}/read", summary="Mark a notice as read")
async def mark_read(notice_id: UUID, session: Session) -> NoticeOut:
    return NoticeOut.model_validate(await commands.mark_read(session, notice_id))


@router.post("/inbox/read-all", summary="Mark every notice as read")
async def mark_all_read(session: Session) -> ReadOut:
    return ReadOut(read=await commands.mark_all_read(session))
