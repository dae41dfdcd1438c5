"""Routes of the sessions before planning opens and of the read receipt."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, Field
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Relation
from contracts.written import Day
from kit import web
from kit.access import permits
from kit.paging import Page, Paging, page_of
from kit.responses import FromRow
from services.feedback.fields import Instant, Short
from services.feedback.sessions import commands, queries
from services.feedback.sessions.models import TrainingSession

router = web.router(tags=["sessions"])


class SessionResponse(FromRow):
    """A training or socialisation session."""

    id: UUID
    cycle_id: UUID
    ordinal: int
    title_id: str
    title_en: str
    state: str
    held_on: date | None
    materials: list[str]
    attended: int = 0


class SessionReportRequest(BaseModel):
    """That a session was held, and who came."""

    held_on: Day
    attendee_ids: list[UUID] = Field(max_length=20_000)
    materials: list[Short] = Field(default=[], max_length=50)


class AcknowledgementResponse(FromRow):
    """That a servant has read the criteria."""

    cycle_id: UUID
    servant_id: UUID
    policy_version: int
    at: Instant


@router.get("/sessions", summary="The sessions of a cycle, with how many came", **permits(Relation.ANYONE))
async def list_sessions(cycle_id: UUID, session: web.Session, paging: Paging) -> Page[SessionResponse]:
    found = await queries.sessions(session, cycle_id, window=paging)
    return page_of(found, lambda row: _response(*row))


def _response(row: TrainingSession, attended: int) -> SessionResponse:
    return SessionResponse.model_validate(row).model_copy(update={"attended": attended})


@router.post(
    "/sessions/{session_id}/report",
    summary="Report that a session was held and who came (office)",
    **permits(
        Relation.DEBTOR, Relation.OFFICE, note="debtor of the obligation to hold it", alike="a session is for everybody"
    ),
)
async def report(session_id: UUID, body: SessionReportRequest, session: web.Session) -> SessionResponse:
    held = await commands.report_session(
        session, session_id, held_on=body.held_on, attendee_ids=body.attendee_ids, materials=body.materials
    )
    return await _again(session, held)


async def _again(session: AsyncSession, held: TrainingSession) -> SessionResponse:
    return _response(held, await queries.attended(session, held.id))


@router.post(
    "/cycles/{cycle_id}/acknowledgement",
    status_code=201,
    summary="Confirm having read the cycle's criteria",
    **permits(Relation.ANYONE, note="for oneself, whoever takes part in the cycle", assisted=True),
)
async def acknowledge(cycle_id: UUID, session: web.Session) -> AcknowledgementResponse:
    return AcknowledgementResponse.model_validate(await commands.acknowledge_standard(session, cycle_id))
