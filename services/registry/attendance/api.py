"""Attendance over HTTP: imported by the performance office, read by the person and those above; it counts for nothing."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from contracts.base import Frozen, Relation
from contracts.written import Day
from kit import web
from kit.access import permits
from kit.errors import Forbidden
from kit.paging import Page, Paging, page_of
from kit.web import Acting, Session
from services.registry.attendance import queries
from services.registry.attendance.commands import Line, import_attendance
from services.registry.lookups.commands import LOOKUPS
from services.registry.lookups.rules import Record
from services.registry.servants.api import may_see_all
from services.registry.servants.queries import servant

router = web.router(tags=["attendance"])
Days = Annotated[int, Field(ge=0, le=31)]


class MonthOfAttendance(Frozen):
    """One person's days in the month."""

    nip: Annotated[str, StringConstraints(pattern=r"^[0-9]{18}$", max_length=18)]
    present: Days
    late: Days = 0
    """Of the days present."""
    absent: Days = 0


class AttendanceRequest(Frozen):
    """What another system counted in a month."""

    month: Day
    """Any day of it."""
    source: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=200)]
    lines: Annotated[list[MonthOfAttendance], Field(min_length=1, max_length=5_000)]


class AttendanceReportResponse(Frozen):
    """How many people's month was recorded, and who is not among the city's people."""

    recorded: int
    unknown: tuple[str, ...]


class AttendanceResponse(Frozen):
    """One month of a person; for information, without any weight."""

    month: date
    present: int
    late: int
    absent: int
    source: str
    imported_at: datetime
    weight: int = 0
    """Always 0: what is appraised is achievement."""


@router.post(
    "/attendance",
    status_code=201,
    summary="Import the attendance of a month, for information",
    **permits(Relation.OFFICE, alike="information that counts for nothing in any score"),
)
async def submit_attendance(session: Session, body: AttendanceRequest) -> AttendanceReportResponse:
    """Sent again, the last days count; NIPs that nobody has are named."""
    lines = [Line(one.nip, one.present, one.late, one.absent) for one in body.lines]
    taken = await import_attendance(session, body.month, lines, source=body.source)
    return AttendanceReportResponse(recorded=taken.recorded, unknown=taken.unknown)


@router.get(
    "/servants/{servant_id}/attendance",
    summary="A person's attendance by month, newest first",
    **permits(Relation.SELF, Relation.RATER, Relation.AUTHORITY, Relation.OFFICE, note="it has no weight"),
)
async def list_attendance(
    session: Session, actor: Acting, paging: Paging, servant_id: UUID
) -> Page[AttendanceResponse]:
    """Read it beside the results; no score knows of it."""
    if not may_see_all(await servant(session, servant_id), actor):
        raise Forbidden("this is for the person and those above", "hanya untuk pegawai itu dan atasannya")
    await LOOKUPS.note(session, Record.ATTENDANCE, [servant_id])
    found = await queries.page(session, servant_id, window=paging)
    return page_of(found, lambda row: AttendanceResponse.model_validate(row, from_attributes=True))
