"""Routes of the report of results to the competent official."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, StringConstraints, computed_field

from contracts.evaluation.reports import ChangedResult
from directory.relations import Relation
from kit import web
from kit.access import permits
from kit.paging import Page, Paging, page_of
from kit.responses import FromRow
from kit.web import Session
from services.evaluation.fields import Text
from services.evaluation.reports import commands as reports
from services.evaluation.reports.queries import changes

router = web.router(tags=["reports"])


class UpwardReportRequest(BaseModel):
    """To whom, by office, and what is to be said beside the numbers."""

    recipient: Text
    note: Annotated[str, StringConstraints(max_length=4000)] = ""
    missing_reason: Text | None = None
    """Why results are missing; asked for as long as some are, and the report is owed again until none is."""


class ReportedChange(ChangedResult):
    """A result that an objection changed, with the document that says why (form D.1.3; L V.B.7-8)."""

    @computed_field  # type: ignore[prop-decorator]
    @property
    def document(self) -> str:
        """Where the service of feedback answers it."""
        return f"/v1/objections/{self.objection_id}/document"


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
    changes: list[ReportedChange]
    """Changes by objections since the report before."""
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


@router.get(
    "/cycles/{cycle_id}/upward-reports",
    summary="The reports to the competent official, each with the changes by objections that it told of",
    **permits(Relation.OFFICE, Relation.AUDITOR),
)
async def list_reports(cycle_id: UUID, session: Session, paging: Paging) -> Page[UpwardReportResponse]:
    return page_of(await changes.page(session, cycle_id, window=paging), UpwardReportResponse.model_validate)
