"""Reports that nobody hands in any more: what is known stands, what is missing is flagged and never zeroed."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import case, literal, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import actor, clock
from kit.outbox import emit
from services.plans.plans.models import IndicatorRow, Plan
from services.plans.plans.queries.content import indicator_states
from services.plans.reports import events
from services.plans.reports.models import Actual, Report
from services.plans.reports.rules.figures import NOT_REPORTED
from services.plans.reports.rules.states import MOVES, UNSETTLED, Act, ReportState


async def take_over(session: AsyncSession, report_ids: Sequence[UUID]) -> None:
    """What is known of these reports stands, drafts as they are; those that were handed in meanwhile are left alone."""
    if not report_ids:
        return
    reports = await _mark(session, report_ids)
    await _flag_missing(session, reports)
    plan_ids = sorted({report.plan_id for report in reports})
    states = await indicator_states(session, plan_ids, only_set=True)
    plans = await _plans(session, plan_ids)
    # In the order of the periods, as they would have been handed in.
    for report in sorted(reports, key=lambda one: one.period):
        plan, known = plans[report.plan_id], states[report.plan_id]
        emit(session, events.reported(plan, report, automatic=True, indicators=known))


async def take_over_of_who_left(session: AsyncSession, cycle_id: UUID) -> None:
    """Who has left reports nothing more: the open reports are taken over, also those that were made since."""
    theirs = (
        select(col(Report.id))
        .join(Plan, col(Plan.id) == col(Report.plan_id))
        .where(
            col(Report.cycle_id) == cycle_id,
            col(Report.state).in_(sorted(UNSETTLED)),
            col(Plan.ended_on).is_not(None),
        )
    )
    await take_over(session, (await session.scalars(theirs)).all())


async def _mark(session: AsyncSession, report_ids: Sequence[UUID]) -> Sequence[Report]:
    # One statement that also asks for the state: between the sweep's choice and here somebody may have handed one in.
    taking = (
        update(Report)
        .where(col(Report.id).in_(report_ids), col(Report.state).in_(sorted(UNSETTLED)))
        .values(
            state=MOVES[ReportState.OPEN][Act.TAKE_OVER].value,
            # A draft stands as it was written: it is its own revision that is taken over.
            revision=col(Report.revision) + case((col(Report.state) == ReportState.OPEN.value, 1), else_=0),
            submitted_at=clock(session).now(),
        )
        .returning(Report)
        .execution_options(synchronize_session=False)
    )
    return (await session.scalars(taking)).all()


async def _plans(session: AsyncSession, plan_ids: Sequence[UUID]) -> dict[UUID, Plan]:
    theirs = select(Plan).where(col(Plan.id).in_(plan_ids))
    return {plan.id: plan for plan in (await session.scalars(theirs)).all()}


async def _flag_missing(session: AsyncSession, reports: Sequence[Report]) -> None:
    """An entry without value for every indicator of a plan that was set, of which no draft says anything."""
    # Inserted from a select: of the many rows of a sweep none has to come here and go back.
    missing = (
        select(
            col(Report.tenant_id),
            col(Report.id),
            col(Report.revision),
            col(IndicatorRow.id),
            literal(NOT_REPORTED),
            literal(actor(session).id),
            literal(clock(session).now()),
        )
        .join(IndicatorRow, col(IndicatorRow.plan_id) == col(Report.plan_id))
        .join(Plan, col(Plan.id) == col(Report.plan_id))
        .where(col(Report.id).in_([report.id for report in reports]), col(Plan.plan_version) > 0)
    )
    names = ["tenant_id", "report_id", "revision", "indicator_id", "reason", "entered_by", "entered_at"]
    await session.execute(insert(Actual).from_select(names, missing).on_conflict_do_nothing())
