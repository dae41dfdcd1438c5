"""What a person owes now, over HTTP."""

from uuid import UUID

from fastapi import Request
from pydantic import AwareDatetime, BaseModel

from contracts.base import Phase, Relation
from contracts.obligations import ObligationKind
from kit import problems, web
from kit.access import permits
from kit.db import clock
from kit.paging import Page, Paging, page_of
from kit.web import Acting, Session
from services.notify.notices.rules import words
from services.notify.todos.models import Todo
from services.notify.todos.queries import todos

router = web.router(tags=["to-do"])


class TodoResponse(BaseModel):
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


@router.get(
    "/todo", summary="What you owe, the most urgent first", **permits(Relation.ANYONE, note="one's own", assisted=True)
)
async def read_todo(request: Request, session: Session, acting: Acting, paging: Paging) -> Page[TodoResponse]:
    language, now = problems.language(request), clock(session).now()

    def shape(row: tuple[Todo, str | None]) -> TodoResponse:
        todo, about = row
        what = words.obligation(todo.kind, language)
        overdue = todo.due_at is None or todo.due_at < now
        return TodoResponse.model_validate(todo.model_dump() | {"what": what, "about": about, "overdue": overdue})

    return page_of(await todos.todo(session, acting.id, window=paging), shape)
