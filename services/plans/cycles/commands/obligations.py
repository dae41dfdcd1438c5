"""What a phase asks of everybody: a plan to propose, a report to hand in; opened in a few statements however many there are."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase
from contracts.calendar import LegalCalendar
from contracts.obligations import ObligationKind
from contracts.plans.obligations import OBLIGATIONS
from contracts.policy import Policy
from directory import queries as directory
from directory.models import CycleCopy
from directory.offices import acting_for, in_cycle
from directory.weeks import calendars
from kit.conflicts import Offices
from kit.db import clock
from obligations.legal_dates import due_after, end_of_day
from obligations.opening import open_by_week
from obligations.terms import Terms, terms
from services.plans.plans.models import Plan
from services.plans.plans.rules.states import PlanState
from services.plans.reports.commands.periods import DueOn, date_reports
from services.plans.reports.models import Report
from services.plans.reports.rules.periods import Period
from services.plans.reports.rules.states import UNSETTLED


async def ask_for_plans(session: AsyncSession, cycle: CycleCopy) -> None:
    """Everybody who takes part and has not proposed yet owes a plan."""
    offices = await in_cycle(session, cycle.id)
    drafts = _owed(offices, col(Plan.id)).where(
        col(Plan.cycle_id) == cycle.id, col(Plan.state) == PlanState.DRAFT.value
    )
    await _ask(session, cycle, ObligationKind.PROPOSE_PLAN, drafts, phase=Phase.PLANNING)


async def ask_for_reports(session: AsyncSession, cycle: CycleCopy, policy: Policy, period: Period) -> None:
    """The last report is due so long after evaluation opened, every other so long after its period ended."""
    ladder = policy.ladder(ObligationKind.REPORT_ACTUALS)

    def due_at(calendar: LegalCalendar) -> datetime:
        begins = clock(session).now() if period.final else end_of_day(period.ends_on, calendar)
        return due_after(begins, ladder.due_days, ladder.due_kind, calendar)

    await date_reports(session, cycle, period, due_at)
    offices = await in_cycle(session, cycle.id)
    reports = (
        _owed(offices, col(Report.id))
        .join(Report, col(Report.plan_id) == col(Plan.id))
        .where(
            col(Report.cycle_id) == cycle.id,
            col(Report.period) == period.number,
            col(Report.state).in_(sorted(UNSETTLED)),
        )
    )
    phase = Phase.EVALUATION if period.final else Phase.EXECUTION
    await _ask(session, cycle, ObligationKind.REPORT_ACTUALS, reports, phase=phase, due_at=due_at)


def _owed(offices: Offices, subject: Any) -> Select[Any]:
    """A servant's own obligation; if he is silent, his rater takes over.

    Only what is still a draft or an unsettled report is asked for, so that an obligation once done is never opened again; who has
    left owes nothing any more.
    """
    office_id = acting_for(offices, col(Plan.servant_id))
    return select(
        subject.label("subject_id"),
        col(Plan.servant_id).label("debtor_id"),
        col(Plan.servant_id).label("about_id"),
        func.coalesce(col(Plan.rater_id), office_id).label("superior_id"),
        office_id.label("office_id"),
    ).where(col(Plan.ended_on).is_(None))


async def _ask(
    session: AsyncSession,
    cycle: CycleCopy,
    kind: ObligationKind,
    source: Select[Any],
    *,
    phase: Phase,
    due_at: DueOn | None = None,
) -> None:
    policy, now = await directory.cycle_policy(session, cycle.id), clock(session).now()

    def asked(calendar: LegalCalendar) -> Terms:
        due = None if due_at is None else due_at(calendar)
        return terms(policy, calendar, kind, phase=phase, cycle_id=cycle.id, now=now, due_at=due)

    weeks = await calendars(session)
    await open_by_week(session, OBLIGATIONS, asked, source, weeks=weeks, tenant_id=cycle.tenant_id)
