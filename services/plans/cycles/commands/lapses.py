"""What happens by default when a ladder ends: a report is taken over as it is known, an initiative is not recognised."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import insert, literal, select, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.obligations import ObligationKind
from contracts.plans.reports import ActualsReported
from kit.db import actor, clock
from kit.outbox import emit
from obligations.rows import ObligationRow
from obligations.sweep import Lapse
from services.plans.initiatives.commands.verification import verified
from services.plans.initiatives.models import Initiative
from services.plans.plans.models import IndicatorRow, Plan
from services.plans.plans.queries.content import indicator_states
from services.plans.plans.rules.states import InitiativeState
from services.plans.reports.models import Actual, Report
from services.plans.reports.rules import NOT_REPORTED

NOT_VERIFIED = "not verified in time"


async def take_over_reports(session: AsyncSession, rows: Sequence[ObligationRow]) -> None:
    """Nobody reported: what is known stands."""
    await take_over(session, [row.subject_id for row in rows])


async def take_over(session: AsyncSession, report_ids: Sequence[UUID]) -> None:
    """What is known of these reports stands, what is missing is flagged and never zeroed."""
    if not report_ids:
        return
    taking = (
        update(Report)
        .where(col(Report.id).in_(report_ids), col(Report.state) == "OPEN")
        .values(state="AUTOMATIC", revision=col(Report.revision) + 1, submitted_at=clock(session).now())
        .returning(Report)
        .execution_options(synchronize_session=False)
    )
    reports = (await session.scalars(taking)).all()
    await _flag_missing(session, reports)
    plan_ids = sorted({report.plan_id for report in reports})
    states = await indicator_states(session, plan_ids, only_set=True)
    of = select(Plan).where(col(Plan.id).in_(plan_ids))
    plans = {plan.id: plan for plan in (await session.scalars(of)).all()}
    for report in sorted(reports, key=lambda one: one.period):
        emit(
            session,
            ActualsReported(
                tenant_id=report.tenant_id,
                plan_id=report.plan_id,
                cycle_id=report.cycle_id,
                servant_id=plans[report.plan_id].servant_id,
                period=report.period,
                final=report.final,
                automatic=True,
                indicators=states[report.plan_id],
            ),
        )


async def _flag_missing(session: AsyncSession, reports: Sequence[Report]) -> None:
    """An entry without value for every indicator of a plan that was set."""
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
    await session.execute(insert(Actual).from_select(names, missing))


async def refuse_initiatives(session: AsyncSession, rows: Sequence[ObligationRow]) -> None:
    """Nobody verified it: it does not count, and the reason says that nobody looked."""
    refusing = (
        update(Initiative)
        .where(
            col(Initiative.id).in_([row.subject_id for row in rows]),
            col(Initiative.state) == InitiativeState.RECORDED.value,
        )
        .values(state=InitiativeState.NOT_RECOGNISED.value, reason=NOT_VERIFIED)
        .returning(Initiative)
        .execution_options(synchronize_session=False)
    )
    for initiative in (await session.scalars(refusing)).all():
        emit(session, verified(initiative, verified_by=actor(session).id), reason=NOT_VERIFIED)


LAPSES: dict[ObligationKind, Lapse] = {
    ObligationKind.REPORT_ACTUALS: take_over_reports,
    ObligationKind.VERIFY_INITIATIVE: refuse_initiatives,
}
