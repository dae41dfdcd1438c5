"""Routes of the sessions: planned, invited to, enrolled in and reported; and of the read receipt."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from contracts.base import Relation
from contracts.written import Day
from kit import web
from kit.access import permits
from kit.paging import Page, Paging, page_of
from kit.responses import FromRow
from services.feedback.fields import Instant, Short, Text
from services.feedback.sessions import queries
from services.feedback.sessions.commands import places, planning, receipts, reports

router = web.router(tags=["sessions"])

_ALIKE = "a session is for everybody"


class SessionResponse(FromRow):
    """A training or socialisation session, how many are to come and came, and one's own part in it."""

    id: UUID
    cycle_id: UUID
    ordinal: int
    """Of the topic."""
    number: int
    """1 for the session that the policy asks for; others are further ones on the same topic."""
    title_id: str
    title_en: str
    state: str
    planned_on: date | None
    place: str | None
    seats: int | None
    held_on: date | None
    materials: list[str]
    invited: int = 0
    enrolled: int = 0
    attended: int = 0
    am_invited: bool = False
    am_enrolled: bool = False
    was_there: bool = False

    @classmethod
    def of(cls, found: queries.Seen) -> "SessionResponse":
        """Made from what was read."""
        counts = found._asdict()
        return cls.model_validate(counts.pop("planned")).model_copy(update=counts)


class FurtherSessionRequest(BaseModel):
    """A session beside those there are."""

    topic: int = Field(ge=1, le=100)
    """The topic of the policy, 1 for the first."""
    planned_on: Day
    place: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
    seats: int | None = Field(default=None, ge=1, le=20_000)
    """None where there is room for everybody."""


class InvitationRequest(BaseModel):
    """Whom to invite: people, or everybody of a unit and those below it."""

    person_ids: list[UUID] = Field(default=[], max_length=5_000)
    unit_id: UUID | None = None


class InvitationResponse(SessionResponse):
    """The session, and how many of these were invited now."""

    invited_now: int = 0


class CallingOffRequest(BaseModel):
    """Why a session does not take place."""

    reason: Text = Field(min_length=1)


class SessionReportRequest(BaseModel):
    """That a session was held, and who came."""

    held_on: Day
    attendee_ids: list[UUID] = Field(max_length=20_000)
    materials: list[Short] = Field(default=[], max_length=50)


class SessionPersonResponse(FromRow):
    """One person of a session."""

    person_id: UUID
    name: str
    unit_id: UUID
    invited: bool
    enrolled: bool
    attended: bool


class AcknowledgementResponse(FromRow):
    """That a servant has read the criteria."""

    cycle_id: UUID
    servant_id: UUID
    policy_version: int
    at: Instant


@router.get("/sessions", summary="The sessions of a cycle, with how many came", **permits(Relation.ANYONE))
async def list_sessions(cycle_id: UUID, session: web.Session, paging: Paging) -> Page[SessionResponse]:
    return page_of(await queries.sessions(session, cycle_id, window=paging), SessionResponse.of)


@router.get("/sessions/{session_id}", summary="One session, with how many came", **permits(Relation.ANYONE))
async def get_session(session_id: UUID, session: web.Session) -> SessionResponse:
    return SessionResponse.of(await queries.seen(session, session_id))


@router.post(
    "/cycles/{cycle_id}/sessions",
    status_code=201,
    summary="Plan a further session of a topic (office)",
    **permits(Relation.OFFICE, alike=_ALIKE),
)
async def plan(cycle_id: UUID, body: FurtherSessionRequest, session: web.Session) -> SessionResponse:
    planned = await planning.plan(
        session, cycle_id, ordinal=body.topic, planned_on=body.planned_on, place=body.place, seats=body.seats
    )
    return SessionResponse.model_validate(planned)


@router.post(
    "/sessions/{session_id}/calling-off",
    summary="Say that a further session does not take place (office)",
    **permits(Relation.OFFICE, alike=_ALIKE),
)
async def call_off(session_id: UUID, body: CallingOffRequest, session: web.Session) -> SessionResponse:
    await planning.call_off(session, session_id, body.reason)
    return await _again(session, session_id)


@router.post(
    "/sessions/{session_id}/invitations",
    summary="Invite people, or a unit, to a session (office)",
    **permits(Relation.OFFICE, alike=_ALIKE),
)
async def invite(session_id: UUID, body: InvitationRequest, session: web.Session) -> InvitationResponse:
    _, now = await places.invite(session, session_id, person_ids=body.person_ids, unit_id=body.unit_id)
    found = await _again(session, session_id)
    return InvitationResponse(**found.model_dump(), invited_now=now)


@router.post(
    "/sessions/{session_id}/enrolment",
    summary="Take part in a session",
    **permits(Relation.ANYONE, note="for oneself, whoever takes part in the cycle"),
)
async def enrol(session_id: UUID, session: web.Session) -> SessionResponse:
    await places.enrol(session, session_id)
    return await _again(session, session_id)


@router.post(
    "/sessions/{session_id}/withdrawal",
    summary="Give one's seat in a session back",
    **permits(Relation.ANYONE, note="for oneself, whoever takes part in the cycle"),
)
async def withdraw(session_id: UUID, session: web.Session) -> SessionResponse:
    await places.withdraw(session, session_id)
    return await _again(session, session_id)


@router.get(
    "/sessions/{session_id}/people",
    summary="Who was invited to a session, is enrolled and came (office)",
    **permits(Relation.OFFICE),
)
async def list_people(session_id: UUID, session: web.Session, paging: Paging) -> Page[SessionPersonResponse]:
    found = await queries.places(session, session_id, window=paging)
    return page_of(found, SessionPersonResponse.model_validate)


@router.post(
    "/sessions/{session_id}/report",
    summary="Report that a session was held and who came (office)",
    **permits(Relation.DEBTOR, Relation.OFFICE, note="debtor of the obligation to hold it", alike=_ALIKE),
)
async def report(session_id: UUID, body: SessionReportRequest, session: web.Session) -> SessionResponse:
    await reports.report_session(
        session, session_id, held_on=body.held_on, attendee_ids=body.attendee_ids, materials=body.materials
    )
    return await _again(session, session_id)


async def _again(session: web.Session, session_id: UUID) -> SessionResponse:
    await session.flush()
    return SessionResponse.of(await queries.seen(session, session_id))


@router.post(
    "/cycles/{cycle_id}/acknowledgement",
    status_code=201,
    summary="Confirm having read the cycle's criteria",
    **permits(Relation.ANYONE, note="for oneself, whoever takes part in the cycle", assisted=True),
)
async def acknowledge(cycle_id: UUID, session: web.Session) -> AcknowledgementResponse:
    return AcknowledgementResponse.model_validate(await receipts.acknowledge_standard(session, cycle_id))
