"""Opening the phases of a cycle: plans, reports and obligations for everybody, in a few statements however many there are."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Date, Integer, Select, String, func, literal, select, update, values
from sqlalchemy import column as sql_column
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase
from contracts.calendar import LegalCalendar
from contracts.obligations import ObligationKind
from contracts.plans.obligations import OBLIGATIONS
from contracts.policy import Policy
from directory import queries as directory
from directory.models import CycleCopy, Member
from directory.weeks import calendars
from kit.db import clock
from obligations.legal_dates import due_after, end_of_day
from obligations.opening import open_by_week
from obligations.terms import Terms, terms
from services.plans.plans.commands.personnel import report_for_who_left
from services.plans.plans.models import Plan
from services.plans.plans.rules.states import State
from services.plans.reports.models import Report
from services.plans.reports.rules import Period, periods

DueOn = Callable[[LegalCalendar], datetime]
"""When something is due, counted on a calendar."""


async def open_phase(session: AsyncSession, cycle_id: UUID, phase: Phase, *, members: int) -> None:
    """Open what a phase asks of this service, once; raises NotReady while members are missing."""
    if phase not in (Phase.PLANNING, Phase.EXECUTION, Phase.EVALUATION):
        return
    await directory.all_arrived(session, cycle_id, members)
    cycle = await directory.cycle(session, cycle_id)
    if cycle.closed:
        return
    await _create_plans(session, cycle)
    if phase is Phase.PLANNING:
        await _ask_for_plans(session, cycle)
        return
    policy = await directory.cycle_policy(session, cycle.id)
    found = periods(cycle.period_start, cycle.period_end, policy.report_months)
    await _create_reports(session, cycle, found)
    for period in found:
        if period.final == (phase is Phase.EVALUATION):
            await _ask_for_reports(session, cycle, policy, period)
    await report_for_who_left(session, cycle_id)


async def _create_plans(session: AsyncSession, cycle: CycleCopy) -> None:
    """An empty draft for every member."""
    rows = select(
        col(Member.tenant_id),
        func.uuidv7(),
        *(getattr(Member, name) for name in _RELATIONS),
        literal(State.DRAFT.value),
        literal(0),
        literal(1),
        literal(0),
        *(literal(False) for _ in _FLAGS),
    ).where(col(Member.cycle_id) == cycle.id)
    names = ["tenant_id", "id", *_RELATIONS, "state", "version", "round", "plan_version", *_FLAGS]
    await session.execute(insert(Plan).from_select(names, rows).on_conflict_do_nothing())


_RELATIONS = ("cycle_id", "servant_id", "appraisal_id", "rater_id", "authority_id", "unit_id")
_FLAGS = ("propose_late", "by_superior", "late")


async def _create_reports(session: AsyncSession, cycle: CycleCopy, found: tuple[Period, ...]) -> None:
    """A report for every plan and period."""
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
        literal("OPEN", String),
        literal(0),
        literal(False),
    ).where(col(Plan.cycle_id) == cycle.id)
    names = ["tenant_id", "id", "plan_id", "cycle_id", "period", "final", "starts_on", "ends_on"]
    names += ["state", "revision", "late"]
    crossed = rows.select_from(Plan).join(each, literal(True))
    await session.execute(insert(Report).from_select(names, crossed).on_conflict_do_nothing())


async def _ask_for_plans(session: AsyncSession, cycle: CycleCopy) -> None:
    office = await directory.office(session)
    drafts = _owed(office, col(Plan.id)).where(col(Plan.cycle_id) == cycle.id, col(Plan.state) == State.DRAFT.value)
    await _ask(session, cycle, ObligationKind.PROPOSE_PLAN, drafts, phase=Phase.PLANNING)


async def _ask_for_reports(session: AsyncSession, cycle: CycleCopy, policy: Policy, period: Period) -> None:
    """The last report is due so long after evaluation opened, every other so long after its period ended."""
    ladder = policy.ladder(ObligationKind.REPORT_ACTUALS)

    def due_at(calendar: LegalCalendar) -> datetime:
        begins = clock(session).now() if period.final else end_of_day(period.ends_on, calendar)
        return due_after(begins, ladder.due_days, ladder.due_kind, calendar)

    await _date_reports(session, cycle, period, due_at)
    office = await directory.office(session)
    reports = (
        _owed(office, col(Report.id))
        .join(Report, col(Report.plan_id) == col(Plan.id))
        .where(col(Report.cycle_id) == cycle.id, col(Report.period) == period.number, col(Report.state) == "OPEN")
    )
    phase = Phase.EVALUATION if period.final else Phase.EXECUTION
    await _ask(session, cycle, ObligationKind.REPORT_ACTUALS, reports, phase=phase, due_at=due_at)


async def _date_reports(session: AsyncSession, cycle: CycleCopy, period: Period, due_at: DueOn) -> None:
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


def _owed(office: UUID | None, subject: Any) -> Select[Any]:
    """A servant's own obligation; if he is silent, his rater takes over.

    Only what is still a draft or an open report is asked for, so that an obligation once done is never opened again; who has
    left owes nothing any more.
    """
    office_id = literal(office, PG_UUID)
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
