"""Routes of the sessions before planning opens and of the read receipt."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, Field
from sqlmodel.ext.asyncio.session import AsyncSession

from kit import web
from services.feedback.sessions import commands, queries
from services.feedback.sessions.models import TrainingSession
from services.feedback.shapes import Instant, Short, Shown

router = web.router(tags=["sessions"])


class SessionShown(Shown):
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


class Sessions(BaseModel):
    """The sessions of a cycle; there are few, so one page holds them."""

    items: list[SessionShown]
    next: str | None = None


class Report(BaseModel):
    """That a session was held, and who came."""

    held_on: date
    attendee_ids: list[UUID] = Field(max_length=20_000)
    materials: list[Short] = Field(default=[], max_length=50)


class Receipt(Shown):
    """That a servant has read the criteria."""

    cycle_id: UUID
    servant_id: UUID
    policy_version: int
    at: Instant


@router.get("/sessions", summary="The sessions of a cycle, with how many came")
async def list_sessions(cycle_id: UUID, session: web.Session) -> Sessions:
    found = await queries.sessions(session, cycle_id)
    return Sessions(items=[_shown(row, came) for row, came in found])


def _shown(row: TrainingSession, attended: int) -> SessionShown:
    return SessionShown.model_validate(row).model_copy(update={"attended": attended})


@router.post("/sessions/{session_id}/report", summary="Report that a session was held and who came (office)")
async def report(session_id: UUID, body: Report, session: web.Session) -> SessionShown:
    held = await commands.report_session(
        session, session_id, held_on=body.held_on, attendee_ids=body.attendee_ids, materials=body.materials
    )
    return await _again(session, held)


async def _again(session: AsyncSession, held: TrainingSession) -> SessionShown:
    return _shown(held, await queries.attended(session, held.id))


@router.post("/cycles/{cycle_id}/acknowledgement", status_code=201, summary="Confirm having read the cycle's criteria")
async def acknowledge(cycle_id: UUID, session: web.Session) -> Receipt:
    return Receipt.model_validate(await commands.acknowledge_standard(session, cycle_id))
