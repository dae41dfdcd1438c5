"""Routes of reports: the form with its indicators, its submission, and what was submitted before."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel, Field

from contracts.base import Relation
from contracts.evidence import Evidence
from kit import web
from kit.access import permits
from kit.paging import Page, Paging, page_of
from kit.responses import FromRow
from services.plans.lookups.commands import LOOKUPS
from services.plans.lookups.rules import Record
from services.plans.plans.api.content import MeasuredIndicator
from services.plans.plans.queries.access import READERS
from services.plans.plans.rules.content import Indicator
from services.plans.reports import queries
from services.plans.reports.commands import reports
from services.plans.reports.rules.figures import Figure

router = web.router(tags=["reports"])

_AFTER = "debtor of the obligation to report, after a hand-over"


class ReportRequest(BaseModel):
    """A figure for every indicator: an actual of the whole cycle so far, or the reason why there is none."""

    actuals: list[Figure] = Field(max_length=600)


class ReportSummaryResponse(FromRow):
    """One reporting period of a plan."""

    id: UUID
    plan_id: UUID
    period: int
    final: bool
    starts_on: date
    ends_on: date
    due_at: datetime | None
    state: str
    revision: int
    submitted_at: datetime | None
    submitted_by: UUID | None
    late: bool
    drafted_at: datetime | None


class ReportResponse(ReportSummaryResponse):
    """A report with the indicators that it asks for."""

    cycle_id: UUID
    servant_id: UUID
    indicators: list[MeasuredIndicator]

    @classmethod
    def of(cls, filled: queries.Filled) -> "ReportResponse":
        """Made from what was read."""
        summary = ReportSummaryResponse.model_validate(filled.report).model_dump()
        indicators = []
        for row in filled.indicators:
            figure = filled.figures.get(row.id)
            asked = Indicator.model_validate(row, from_attributes=True).model_dump()
            if figure:
                asked |= {"actual": figure.value, "reason": figure.reason, "evidence": figure.evidence}
            indicators.append(MeasuredIndicator.model_validate(asked))
        return cls(**summary, cycle_id=filled.plan.cycle_id, servant_id=filled.plan.servant_id, indicators=indicators)


class ActualResponse(FromRow):
    """One figure of one submission."""

    revision: int
    indicator_id: UUID
    value: Decimal | None
    reason: str | None
    evidence: list[Evidence]
    entered_by: UUID
    entered_at: datetime


@router.get(
    "/reports/{report_id}", summary="A report with the indicators that it asks for", **permits(*READERS, assisted=True)
)
async def read(report_id: UUID, session: web.Session) -> ReportResponse:
    found = await queries.filled(session, report_id)
    await LOOKUPS.note(session, Record.REPORT, [found.plan.servant_id])
    return ReportResponse.of(found)


@router.post(
    "/reports/{report_id}",
    summary="Submit a report, or submit it again; before the last day of its period it is kept as a draft",
    **permits(Relation.SELF, Relation.DEBTOR, note=_AFTER, assisted=True),
)
async def submit(report_id: UUID, body: ReportRequest, session: web.Session) -> ReportResponse:
    found, plan = await reports.report(session, report_id, figures=body.actuals)
    await session.flush()
    return ReportResponse.of(await queries.form(session, found, plan))


@router.post(
    "/reports/{report_id}/confirmation",
    summary="Hand in the draft of a report as it stands, from the last day of its period on",
    **permits(Relation.SELF, Relation.DEBTOR, note=_AFTER, assisted=True),
)
async def confirm(report_id: UUID, session: web.Session) -> ReportResponse:
    found, plan = await reports.confirm(session, report_id)
    await session.flush()
    return ReportResponse.of(await queries.form(session, found, plan))


@router.get("/reports/{report_id}/history", summary="Every figure that was ever entered", **permits(*READERS))
async def history(report_id: UUID, session: web.Session, paging: Paging) -> Page[ActualResponse]:
    found = await queries.filled(session, report_id)
    await LOOKUPS.note(session, Record.REPORT_HISTORY, [found.plan.servant_id])
    return page_of(await queries.history(session, report_id, window=paging), ActualResponse.model_validate)
