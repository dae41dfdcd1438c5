"""Who comes back from leave before a period ends owes its report after all, for the time that remains."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Date, case, cast, exists, func, select, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from directory import queries as directory
from kit.outbox import emit
from services.plans.plans.models import Plan
from services.plans.reports import events
from services.plans.reports.models import Actual, Report
from services.plans.reports.rules.figures import NOT_REPORTED
from services.plans.reports.rules.states import CORRECTABLE, MOVES, Act, ReportState


async def reopen(session: AsyncSession, plan_ids: Collection[UUID], *, back_on: date) -> frozenset[int]:
    """What ended with the leave is no report of the whole period; the part that was given is a draft again.

    Returns the periods in which something was reopened.
    """
    if not plan_ids:
        return frozenset()
    zone = (await directory.calendar(session)).zone
    # Handed in on or after the last day it is the whole truth, whoever was away before.
    ended_early = cast(func.timezone(zone, col(Report.submitted_at)), Date) < col(Report.ends_on)
    reopening = (
        update(Report)
        .where(
            col(Report.plan_id).in_(plan_ids),
            col(Report.state).in_(sorted(CORRECTABLE)),
            col(Report.ends_on) >= back_on,
            ended_early,
        )
        .values(state=_reopened(), submitted_at=None, submitted_by=None, late=False)
        .returning(col(Report.plan_id), col(Report.period))
        .execution_options(synchronize_session=False)
    )
    periods: dict[UUID, set[int]] = {}
    for plan_id, period in (await session.execute(reopening)).all():
        periods.setdefault(plan_id, set()).add(period)
    for plan in (await session.scalars(select(Plan).where(col(Plan.id).in_(periods)))).all():
        emit(session, events.reopened(plan, periods[plan.id], back_on=back_on))
    return frozenset().union(*periods.values())


def _reopened() -> ColumnElement[str]:
    """A draft where somebody had said something; open again where nobody had."""
    said = exists().where(
        col(Actual.report_id) == col(Report.id),
        col(Actual.revision) == col(Report.revision),
        col(Actual.reason).is_distinct_from(NOT_REPORTED),
    )
    taken = MOVES[ReportState.AUTOMATIC]
    return case((said, taken[Act.RESUME].value), else_=taken[Act.REOPEN].value)
