"""Route of the report of results to the competent official."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from kit.web import Session, router
from services.evaluation.reports import commands as reports
from services.evaluation.shapes import Answer, Text

routes = router(tags=["reports"])


class Reporting(BaseModel):
    """To whom, by office, and what is to be said beside the numbers."""

    recipient: Text
    note: str = ""


class ReportShown(Answer):
    """What was reported."""

    id: UUID
    cycle_id: UUID
    recipient: str
    note: str
    issued: int
    final: int
    missing: int
    predicates: dict[str, int]
    reported_by: UUID
    reported_at: datetime


@routes.post("/cycles/{cycle_id}/upward-report", summary="Report the results to the competent official (office)")
async def report(cycle_id: UUID, body: Reporting, session: Session) -> ReportShown:
    made = await reports.report(session, cycle_id, recipient=body.recipient, note=body.note)
    return ReportShown.model_validate(made)
