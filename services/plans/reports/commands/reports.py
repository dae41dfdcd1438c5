"""Reporting actuals: the servant, or the debtor of the obligation, gives a figure or a reason for every indicator."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import bindparam, insert, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.obligations import ObligationKind
from directory import queries as directory
from directory.relations import Relation, require
from kit.db import actor, clock
from kit.outbox import emit
from obligations.legal_dates import local_date
from services.plans.cycles.rules import require_before_moderation
from services.plans.plans.commands.locks import lock_obligation, locked
from services.plans.plans.commands.obligations import done
from services.plans.plans.models import Plan
from services.plans.plans.queries.access import relations_to
from services.plans.plans.queries.content import indicator_rows, indicator_states
from services.plans.plans.rules import states as plan_states
from services.plans.reports.commands import events
from services.plans.reports.models import Actual, Report
from services.plans.reports.queries import figures as known_figures
from services.plans.reports.queries import no_report
from services.plans.reports.rules.figures import Figure, require_all
from services.plans.reports.rules.periods import require_begun
from services.plans.reports.rules.states import MOVES, Act, ReportState


async def report(session: AsyncSession, report_id: UUID, *, figures: Sequence[Figure]) -> Report:
    """Submit a report; submitted again, the newer figures count and the older ones are kept."""
    # First the obligation, then the report, then the plan: in the order of a sweep, which may take the report over meanwhile.
    await lock_obligation(session, ObligationKind.REPORT_ACTUALS, report_id)
    found = await _locked(session, report_id)
    plan = await locked(session, found.plan_id)
    await _require_reporter(session, plan, found)
    plan_states.move(plan.state, plan_states.Act.REPORT)
    await _require_time(session, plan, found)
    wanted = (await indicator_rows(session, [plan.id]))[plan.id]
    require_all([(row.id, row.statement) for row in wanted], figures)
    if found.state == ReportState.SUBMITTED and await _same(session, found, figures):
        return found
    await _record(session, found, figures)
    await done(session, plan, ObligationKind.REPORT_ACTUALS, found.id)
    states = await indicator_states(session, [plan.id])
    emit(session, events.reported(plan, found, automatic=False, indicators=states[plan.id]))
    return found


_LOCKED = select(Report).where(col(Report.id) == bindparam("id")).with_for_update(key_share=True)


async def _locked(session: AsyncSession, report_id: UUID) -> Report:
    found = (await session.scalars(_LOCKED, {"id": report_id})).first()
    if found is None:
        raise no_report(report_id)
    return found


async def _require_reporter(session: AsyncSession, plan: Plan, found: Report) -> None:
    relations = await relations_to(session, plan, ObligationKind.REPORT_ACTUALS, found.id)
    if found.submitted_by == actor(session).id:
        relations |= {Relation.DEBTOR}
    require(relations, Relation.SELF, Relation.DEBTOR, what=("submit this report", "menyampaikan laporan ini"))


async def _require_time(session: AsyncSession, plan: Plan, found: Report) -> None:
    today = local_date(clock(session).now(), await directory.calendar(session))
    require_begun(found.starts_on, today)
    if found.state != ReportState.OPEN:
        require_before_moderation((await directory.cycle(session, plan.cycle_id)).phase)


async def _same(session: AsyncSession, found: Report, figures: Sequence[Figure]) -> bool:
    before = await known_figures(session, found)
    return {one.indicator_id: (one.actual, one.reason) for one in figures} == {
        one.indicator_id: (one.value, one.reason) for one in before.values()
    }


async def _record(session: AsyncSession, found: Report, figures: Sequence[Figure]) -> None:
    now, acting = clock(session).now(), actor(session).id
    if found.state != ReportState.SUBMITTED:
        found.late = found.due_at is not None and now > found.due_at
    found.state = MOVES[ReportState(found.state)][Act.SUBMIT]
    found.submitted_at, found.submitted_by = now, acting
    found.revision += 1
    rows = [
        {
            "tenant_id": found.tenant_id,
            "report_id": found.id,
            "revision": found.revision,
            "indicator_id": figure.indicator_id,
            "value": figure.actual,
            "reason": figure.reason,
            "entered_by": acting,
            "entered_at": now,
        }
        for figure in figures
    ]
    await session.execute(insert(Actual), rows)
