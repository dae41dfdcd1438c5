"""Every obligation of the city in the order of its changes, for boards and integrators."""

from typing import Literal
from uuid import UUID

from pydantic import AwareDatetime

from contracts.base import Phase, Relation, Role
from contracts.obligations import ObligationKind
from kit import web
from kit.access import permits, require_role
from kit.paging import Page, Paging
from kit.responses import FromRow
from kit.web import Session
from services.notify.todos.queries import todos

router = web.router(tags=["performance office"])


class ObligationResponse(FromRow):
    """An obligation as it now is."""

    id: UUID
    seq: int
    service: str
    kind: ObligationKind
    phase: Phase
    cycle_id: UUID
    subject_id: UUID
    about_id: UUID | None
    debtor_id: UUID
    first_debtor_id: UUID
    opened_at: AwareDatetime
    due_at: AwareDatetime
    state: Literal["OPEN", "DONE", "LAPSED", "CANCELLED"]
    late: bool
    handed_over: bool
    reminders: int
    escalations: int


class ObligationFeedResponse(Page[ObligationResponse]):
    """A page of what changed."""

    resume: str | None
    """Cursor from which to ask again, also after the last page: what changes later comes after it."""


@router.get(
    "/obligations",
    summary="Obligations in the order of their changes, for boards and integrators",
    **permits(Relation.OFFICE, note="without what anonymous assessors owe"),
)
async def read_obligations(session: Session, paging: Paging, cycle_id: UUID | None = None) -> ObligationFeedResponse:
    what = ("seeing what the whole city owes", "melihat kewajiban seluruh kota")
    require_role(session, Role.PERFORMANCE_OFFICE, what=what)
    found = await todos.obligations(session, cycle_id=cycle_id, window=paging)
    items = [ObligationResponse.model_validate(row) for row in found.items]
    resume = paging.pack((items[-1].seq,)) if items else paging.cursor
    return ObligationFeedResponse(items=items, next=found.next, resume=resume)
