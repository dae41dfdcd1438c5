"""Route of the report of results to the competent official."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, StringConstraints

from directory.relations import Relation
from kit import web
from kit.access import permits
from kit.responses import FromRow
from kit.web import Session
from services.evaluation.fields import Text
from services.evaluation.reports import commands as reports

router = web.router(tags=["reports"])


class UpwardReportRequest(BaseModel):
    """To whom, by office, and what is to be said beside the numbers."""

    recipient: Text
    note: Annotated[str, StringConstraints(max_length=4000)] = ""
    missing_reason: Text | None = None
    """Why results are missing; asked for as long as some are, and the report is owed again until none is."""


class UpwardReportResponse(FromRow):
    """What was reported."""

    id: UUID
    cycle_id: UUID
    recipient: str
    note: str
    issued: int
    final: int
    missing: int
    missing_states: dict[str, int]
    """How far the appraisals of those have come who have no signed result."""
    missing_reason: str | None
    predicates: dict[str, int]
    reported_by: UUID
    reported_at: datetime


@router.post(
    "/cycles/{cycle_id}/upward-report",
    summary="Report the results to the competent official (office)",
    **permits(Relation.OFFICE, note="to the competent official; again after a change", alike="reports numbers"),
)
async def report(cycle_id: UUID, body: UpwardReportRequest, session: Session) -> UpwardReportResponse:
    made = await reports.report(
        session, cycle_id, recipient=body.recipient, note=body.note, missing_reason=body.missing_reason
    )
    return UpwardReportResponse.model_validate(made)
