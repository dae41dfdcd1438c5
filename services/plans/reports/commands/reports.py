"""Reporting actuals: the servant, or the debtor of the obligation, gives a figure or a reason for every indicator.

Before the last day of a period nobody knows what will have been achieved: what is sent by then is a draft, and closes nothing.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import bindparam, insert, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.obligations import ObligationKind
from directory import queries as directory
from directory.relations import Relation, require
from kit.db import actor, clock
from kit.errors import Refused
from kit.outbox import emit
from obligations.legal_dates import local_date
from services.plans.cycles.rules import require_before_moderation
from services.plans.plans.commands.locks import lock_obligation, locked
from services.plans.plans.commands.obligations import done
from services.plans.plans.models import Plan
from services.plans.plans.queries.access import relations_to
from services.plans.plans.queries.content import indicator_rows, indicator_states
from services.plans.plans.rules import states as plan_states
from services.plans.reports import events
from services.plans.reports.models import Actual, Report
from services.plans.reports.queries import figures as known_figures
from services.plans.reports.queries import no_report
from services.plans.reports.rules.figures import Figure, require_all
from services.plans.reports.rules.periods import last_day, require_begun, require_ended
from services.plans.reports.rules.states import CORRECTABLE, MOVES, Act, ReportState


async def report(session: AsyncSession, report_id: UUID, *, figures: Sequence[Figure]) -> tuple[Report, Plan]:
    """Submit a report, or keep it as a draft before its period has ended; the newer figures count, the older ones are kept."""
    # First the obligation, then the report, then the plan: in the order of a sweep, which may take the report over meanwhile.
    await lock_obligation(session, ObligationKind.REPORT_ACTUALS, report_id)
    found = await _locked(session, report_id)
    plan = await locked(session, found.plan_id)
    await _require_reporter(session, plan, found)
    plan_states.move(plan.state, plan_states.Act.REPORT)
    early = await _is_early(session, plan, found)
    wanted = (await indicator_rows(session, [plan.id]))[plan.id]
    require_all([(row.id, row.statement) for row in wanted], figures)
    same = await _same(session, found, figures)
    if same and found.state == (ReportState.DRAFT if early else ReportState.SUBMITTED):
        return found, plan
    if not same:
        await _record(session, found, figures)
    if early:
        _keep_draft(session, found)
        emit(session, events.drafted(plan, found))
        return found, plan
    _hand_in(session, found)
    await done(session, plan, ObligationKind.REPORT_ACTUALS, found.id)
    states = await indicator_states(session, [plan.id])
    emit(session, events.reported(plan, found, automatic=False, indicators=states[plan.id]))
    return found, plan


async def confirm(session: AsyncSession, report_id: UUID) -> tuple[Report, Plan]:
    """Hand in the draft as it stands, from the last day of its period on; one that was handed in stays handed in."""
    await lock_obligation(session, ObligationKind.REPORT_ACTUALS, report_id)
    found = await _locked(session, report_id)
    plan = await locked(session, found.plan_id)
    await _require_reporter(session, plan, found)
    if found.state == ReportState.SUBMITTED:
        return found, plan
    if found.state != ReportState.DRAFT:
        raise Refused(
            "there is no draft to confirm: send the figures", "belum ada draf untuk dikonfirmasi: kirimkan realisasinya"
        )
    require_ended(last_day(found.ends_on, plan.ended_on), await _today(session))
    written = (await known_figures(session, found)).values()
    return await report(session, report_id, figures=[Figure.of(one) for one in written])


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


async def _is_early(session: AsyncSession, plan: Plan, found: Report) -> bool:
    """Whether it can be a draft only; raises Refused before the period, and when the evaluation is over."""
    today = await _today(session)
    require_begun(found.starts_on, today)
    if found.state in CORRECTABLE:
        require_before_moderation((await directory.cycle(session, plan.cycle_id)).phase)
        return False
    return today < last_day(found.ends_on, plan.ended_on)


async def _today(session: AsyncSession) -> date:
    return local_date(clock(session).now(), await directory.calendar(session))


async def _same(session: AsyncSession, found: Report, figures: Sequence[Figure]) -> bool:
    before = await known_figures(session, found)
    return {one.indicator_id: (one.actual, one.reason, one.proof) for one in figures} == {
        one.indicator_id: (one.value, one.reason, one.evidence) for one in before.values()
    }


async def _record(session: AsyncSession, found: Report, figures: Sequence[Figure]) -> None:
    now, acting = clock(session).now(), actor(session).id
    found.revision += 1
    rows = [
        {
            "tenant_id": found.tenant_id,
            "report_id": found.id,
            "revision": found.revision,
            "indicator_id": figure.indicator_id,
            "value": figure.actual,
            "reason": figure.reason,
            "evidence": figure.proof,
            "entered_by": acting,
            "entered_at": now,
        }
        for figure in figures
    ]
    await session.execute(insert(Actual), rows)


def _keep_draft(session: AsyncSession, found: Report) -> None:
    found.state = MOVES[ReportState(found.state)][Act.DRAFT]
    found.drafted_at = clock(session).now()


def _hand_in(session: AsyncSession, found: Report) -> None:
    now = clock(session).now()
    if found.state != ReportState.SUBMITTED:
        found.late = found.due_at is not None and now > found.due_at
    found.state = MOVES[ReportState(found.state)][Act.SUBMIT]
    found.submitted_at, found.submitted_by = now, actor(session).id
