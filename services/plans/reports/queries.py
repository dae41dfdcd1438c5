"""One report with its indicators and the figures of its newest submission; every figure ever entered is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.obligations import ObligationKind
from directory.relations import require
from kit.errors import NotFound
from kit.keyset import Found, Window, read
from services.plans.plans.models import IndicatorRow, Plan
from services.plans.plans.queries.access import READERS, relations_to
from services.plans.plans.queries.content import indicator_rows
from services.plans.plans.queries.plans import no_plan
from services.plans.reports.models import Actual, Report


@dataclass(frozen=True, slots=True)
class Filled:
    """A report as its form shows it."""

    report: Report
    plan: Plan
    indicators: Sequence[IndicatorRow]
    figures: dict[UUID, Actual]


async def filled(session: AsyncSession, report_id: UUID) -> Filled:
    """The report for those whom its plan concerns; raises NotFound, Forbidden."""
    report = (await session.scalars(select(Report).where(col(Report.id) == report_id))).first()
    if report is None:
        raise no_report(report_id)
    plan = (await session.scalars(select(Plan).where(col(Plan.id) == report.plan_id))).first()
    if plan is None:
        raise no_plan(report.plan_id)
    found = await relations_to(session, plan, ObligationKind.REPORT_ACTUALS, report.id)
    require(found, *READERS, what=("read this report", "membaca laporan ini"))
    return await form(session, report, plan)


async def form(session: AsyncSession, report: Report, plan: Plan) -> Filled:
    """The report as its form shows it; who may see it was asked before."""
    indicators = (await indicator_rows(session, [plan.id]))[plan.id]
    return Filled(report=report, plan=plan, indicators=indicators, figures=await figures(session, report))


def no_report(report_id: UUID) -> NotFound:
    return NotFound(f"no report {report_id} in this city", f"laporan {report_id} tidak ada di kota ini")


async def figures(session: AsyncSession, report: Report) -> dict[UUID, Actual]:
    """What the newest submission says, by indicator."""
    newest = select(Actual).where(col(Actual.report_id) == report.id, col(Actual.revision) == report.revision)
    return {actual.indicator_id: actual for actual in (await session.scalars(newest)).all()}


async def history(session: AsyncSession, report_id: UUID, *, window: Window) -> Found[Actual]:
    """A page of every figure that was ever entered, submission by submission."""
    entered = select(Actual).where(col(Actual.report_id) == report_id)
    return await read(session, entered, col(Actual.revision), col(Actual.indicator_id), window=window)
