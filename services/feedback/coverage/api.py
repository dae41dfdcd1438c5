"""Routes of attendance by person and of coverage by unit."""

from uuid import UUID

from contracts.base import Relation
from kit import web
from kit.access import permits
from kit.paging import Page, Paging, page_of
from kit.responses import FromRow
from services.feedback.coverage import queries

router = web.router(tags=["sessions"])


class CoverageResponse(FromRow):
    """One unit and topic."""

    unit_id: UUID
    unit_name: str | None
    topic: int
    title_id: str
    title_en: str
    people: int
    """Who take part in the cycle."""
    covered: int | None
    """Who attended any session on the topic; None of a unit that is too small for who sees no persons."""


class AttendanceResponse(FromRow):
    """The topics on which one person attended a session."""

    servant_id: UUID
    unit_id: UUID
    topics: list[int]


@router.get(
    "/cycles/{cycle_id}/coverage",
    summary="How many of each unit attended a session, by topic",
    **permits(
        Relation.RATER,
        Relation.AUTHORITY,
        Relation.OFFICE,
        Relation.LEADER,
        note="whoever leads somebody: the units of those people; the leadership: no number of a small unit",
    ),
)
async def list_coverage(cycle_id: UUID, session: web.Session, paging: Paging) -> Page[CoverageResponse]:
    return page_of(await queries.units(session, cycle_id, window=paging), CoverageResponse.model_validate)


@router.get(
    "/cycles/{cycle_id}/attendance",
    summary="The topics on which each attended a session",
    **permits(Relation.ANYONE, note="oneself and those whom one leads; the office everybody"),
)
async def list_attendance(
    cycle_id: UUID, session: web.Session, paging: Paging, unit_id: UUID | None = None
) -> Page[AttendanceResponse]:
    found = await queries.people(session, cycle_id, unit_id=unit_id, window=paging)
    return page_of(found, AttendanceResponse.model_validate)
