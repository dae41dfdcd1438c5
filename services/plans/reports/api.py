"""Routes of reports: the form with its indicators, its submission, and what was submitted before."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel, Field

from kit import web
from services.plans.plans.api.responses import IndicatorShown, ReportShown
from services.plans.plans.rules.content import Indicator
from services.plans.reports import queries
from services.plans.reports.commands import reports
from services.plans.reports.rules import Figure
from services.plans.shapes import Shown

router = web.router(tags=["reports"])


class ReportIn(BaseModel):
    """A figure for every indicator: an actual of the whole cycle so far, or the reason why there is none."""

    actuals: list[Figure] = Field(max_length=600)


class ReportForm(ReportShown):
    """A report with the indicators that it asks for."""

    cycle_id: UUID
    servant_id: UUID
    indicators: list[IndicatorShown]

    @classmethod
    def of(cls, filled: queries.Filled) -> "ReportForm":
        """Shown from what was read."""
        report = ReportShown.model_validate(filled.report).model_dump()
        indicators = []
        for row in filled.indicators:
            figure = filled.figures.get(row.id)
            shown = Indicator.model_validate(row, from_attributes=True).model_dump()
            value, reason = (figure.value, figure.reason) if figure else (None, None)
            indicators.append(IndicatorShown(**shown, actual=value, reason=reason))
        return cls(**report, cycle_id=filled.plan.cycle_id, servant_id=filled.plan.servant_id, indicators=indicators)


class ActualShown(Shown):
    """One figure of one submission."""

    revision: int
    indicator_id: UUID
    value: Decimal | None
    reason: str | None
    entered_by: UUID
    entered_at: datetime


@router.get("/reports/{report_id}", summary="A report with the indicators that it asks for")
async def read(report_id: UUID, session: web.Session) -> ReportForm:
    return ReportForm.of(await queries.filled(session, report_id))


@router.post("/reports/{report_id}", summary="Submit a report, or submit it again")
async def submit(report_id: UUID, body: ReportIn, session: web.Session) -> ReportForm:
    await reports.report(session, report_id, figures=body.actuals)
    await session.flush()
    return ReportForm.of(await queries.filled(session, report_id))


@router.get("/reports/{report_id}/history", summary="Every figure that was ever entered")
async def history(report_id: UUID, session: web.Session) -> list[ActualShown]:
    await queries.filled(session, report_id)
    return [ActualShown.model_validate(actual) for actual in await queries.history(session, report_id)]
