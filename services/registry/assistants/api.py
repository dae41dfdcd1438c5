"""Who enters for whom, over HTTP: declared by the performance office, read and ended by the person who is assisted."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from contracts.base import Frozen, Relation
from contracts.written import Day
from kit import web
from kit.access import permits
from kit.paging import Page, Paging, page_of
from kit.responses import FromRow
from kit.web import Session
from services.registry.assistants import commands, queries

router = web.router(tags=["assistants"])

Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=5, max_length=1000)]


class AssistantRequest(Frozen):
    """Who enters for whom, from when to when, and why."""

    servant_id: UUID
    """Who has no computer."""
    assistant_id: UUID
    since: Day = Field(alias="from")
    until: Day | None = None
    """Last day."""
    reason: Reason


class AssistantEndRequest(Frozen):
    """The last day, and why."""

    until: Day
    reason: Reason


class AssistantResponse(FromRow):
    """Who enters for whom from a day (included) to a day (included)."""

    id: UUID
    servant_id: UUID
    assistant_id: UUID
    valid_from: date
    valid_until: date | None
    reason: str
    recorded_at: datetime
    recorded_by: UUID
    ended_at: datetime | None
    ended_by: UUID | None
    end_reason: str | None


@router.post(
    "/assistants",
    status_code=201,
    summary="Declare who enters for a civil servant without a computer",
    **permits(Relation.OFFICE, concerns="the civil servant who is assisted"),
)
async def declare(session: Session, body: AssistantRequest) -> AssistantResponse:
    row = await commands.declare(
        session,
        servant_id=body.servant_id,
        assistant_id=body.assistant_id,
        since=body.since,
        until=body.until,
        reason=body.reason,
    )
    return AssistantResponse.model_validate(row)


@router.get(
    "/assistants",
    summary="Who enters for whom",
    **permits(Relation.ANYONE, note="one's own, assisted or assisting; all for the office"),
)
async def list_assistants(session: Session, paging: Paging, servant_id: UUID | None = None) -> Page[AssistantResponse]:
    found = await queries.page(session, window=paging, servant_id=servant_id)
    return page_of(found, AssistantResponse.model_validate)


@router.post(
    "/assistants/{declaration_id}/end",
    summary="Let an assistance end after a day",
    **permits(Relation.SELF, Relation.OFFICE, concerns="the civil servant who is assisted"),
)
async def end(session: Session, declaration_id: UUID, body: AssistantEndRequest) -> AssistantResponse:
    return AssistantResponse.model_validate(
        await commands.end(session, declaration_id, until=body.until, reason=body.reason)
    )
