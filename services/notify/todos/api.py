"""What a person owes now."""

from uuid import UUID

from fastapi import Request
from pydantic import AwareDatetime, BaseModel

from contracts.base import Phase
from contracts.obligations import ObligationKind
from kit import web
from kit.db import clock
from kit.web import Acting, Session
from services.notify.notices.rules import words
from services.notify.pages import Cursor, Limit, next_after
from services.notify.todos import queries

router = web.router(tags=["to-do"])


class TodoOut(BaseModel):
    """One obligation, in words."""

    id: UUID
    what: str
    """In the reader's language (Accept-Language)."""
    kind: ObligationKind
    service: str
    """Whose API does it."""
    phase: Phase
    cycle_id: UUID
    subject_id: UUID | None
    """The plan, appraisal, objection ... that it is about."""
    about_id: UUID | None
    about: str | None
    """Name of the civil servant concerned."""
    opened_at: AwareDatetime
    due_at: AwareDatetime
    overdue: bool
    handed_over: bool
    """It was somebody else's, who did not do it in time."""


class TodoPage(BaseModel):
    """A page of the to-do list."""

    items: list[TodoOut]
    next: UUID | None


@router.get("/todo", summary="What you owe, the most urgent first")
async def read_todo(
    request: Request, session: Session, acting: Acting, cursor: Cursor = None, limit: Limit = 50
) -> TodoPage:
    tongue, now = web.language(request), clock(session).now()
    rows = await queries.todo(session, acting.id, after=cursor, limit=limit)
    items = [
        TodoOut.model_validate(
            todo.model_dump()
            | {
                "what": words.duty(todo.kind, tongue),
                "about": name,
                "overdue": todo.due_at is None or todo.due_at < now,
            }
        )
        for todo, name in rows
    ]
    return TodoPage(items=items, next=next_after(items, limit))
