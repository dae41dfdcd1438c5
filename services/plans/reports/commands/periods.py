"""The reports of a cycle, one a plan and period: made when execution opens, and dated when they are asked for."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Boolean, Date, Integer, String, func, literal, select, update, values
from sqlalchemy import column as sql_column
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.calendar import LegalCalendar
from directory.models import CycleCopy
from directory.weeks import calendars
from services.plans.plans.models import Plan
from services.plans.reports.models import Report
from services.plans.reports.rules.periods import Period
from services.plans.reports.rules.states import ReportState

DueOn = Callable[[LegalCalendar], datetime]
"""When something is due, counted on a calendar."""


async def create_reports(session: AsyncSession, cycle: CycleCopy, found: tuple[Period, ...]) -> None:
    """A report for every plan and period."""
    # Periods are crossed with plans in the database, for the same reason.
    each = values(
        sql_column("period", Integer),
        sql_column("final", Boolean),
        sql_column("starts_on", Date),
        sql_column("ends_on", Date),
        name="each",
    ).data([(one.number, one.final, one.starts_on, one.ends_on) for one in found])
    rows = select(
        col(Plan.tenant_id),
        func.uuidv7(),
        col(Plan.id),
        col(Plan.cycle_id),
        *each.c,
        literal(ReportState.OPEN.value, String),
        literal(0),
        literal(False),
    ).where(col(Plan.cycle_id) == cycle.id)
    names = ["tenant_id", "id", "plan_id", "cycle_id", "period", "final", "starts_on", "ends_on"]
    names += ["state", "revision", "late"]
    crossed = rows.select_from(Plan).join(each, literal(True))
    await session.execute(insert(Report).from_select(names, crossed).on_conflict_do_nothing())


async def date_reports(session: AsyncSession, cycle: CycleCopy, period: Period, due_at: DueOn) -> None:
    """When the reports of a period are due, each on the week of its person's unit."""
    for week in await calendars(session):
        servants = select(col(Plan.id)).where(col(Plan.cycle_id) == cycle.id, week.works(col(Plan.servant_id)))
        waiting = (
            update(Report)
            .where(
                col(Report.cycle_id) == cycle.id,
                col(Report.period) == period.number,
                col(Report.due_at).is_(None),
                col(Report.plan_id).in_(servants),
            )
            .values(due_at=due_at(week.calendar))
            .execution_options(synchronize_session=False)
        )
        await session.execute(waiting)
