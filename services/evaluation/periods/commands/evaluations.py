"""Periodic evaluations: the rater rates every month or quarter inside a cycle, where the policy says so (art. 24)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Date, Integer, Select, case, exists, func, literal, select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Rating
from contracts.evaluation.obligations import OBLIGATIONS
from contracts.obligations import ObligationKind
from directory.offices import acting_for
from directory.relations import Relation
from kit.conflicts import Offices
from kit.db import actor, clock
from kit.errors import NotFound, Refused
from kit.outbox import emit
from obligations.closing import close_obligations
from obligations.legal_dates import due_after, end_of_day, local_date
from obligations.opening import open_obligations
from obligations.rows import ObligationRow
from scoring.quadrant import predicate
from services.evaluation.appraisals.commands import access
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.appraisals.queries.offices import in_cycle
from services.evaluation.appraisals.rules.states import AppraisalState
from services.evaluation.cycles.queries.context import CycleContext, open_context
from services.evaluation.obligations import on_terms
from services.evaluation.periods import events
from services.evaluation.periods.models import PeriodicEvaluation
from services.evaluation.periods.rules import Given, ReportPeriod, as_before, before_the_last

_WHAT = ("evaluate a period", "mengevaluasi kinerja periodik")


async def ask(session: AsyncSession, context: CycleContext) -> None:
    """Raters owe an evaluation of every period that is not due yet; asked again, only late joiners' are added."""
    if not context.policy.features.periodic_evaluation:
        return
    ladder = context.policy.ladder(ObligationKind.EVALUATE_PERIOD)
    cycle = context.cycle
    for period in before_the_last(cycle.period_start, cycle.period_end, context.policy.report_months):
        ended = end_of_day(period.ends_on, context.calendar)
        due_at = due_after(ended, ladder.due_days, ladder.due_kind, context.calendar)
        if due_at > context.now:
            await _ask_for(session, context, period, due_at)


async def _ask_for(session: AsyncSession, context: CycleContext, period: ReportPeriod, due_at: datetime) -> None:
    await _lay_out(session, context, period, due_at)
    terms = on_terms(context, ObligationKind.EVALUATE_PERIOD, due_at)
    source = _not_owed_yet(context, period, await in_cycle(session, context.cycle.id))
    await open_obligations(session, OBLIGATIONS, terms, source, tenant_id=context.tenant_id)


async def _lay_out(session: AsyncSession, context: CycleContext, period: ReportPeriod, due_at: datetime) -> None:
    """A row for everybody of the cycle who is not appraised yet, in one statement; who has one keeps it."""
    rows = select(
        col(Appraisal.tenant_id),
        func.uuidv7(),
        col(Appraisal.id),
        # Typed, because PostgreSQL would take an untyped parameter in a select list for text.
        literal(period.number, Integer),
        literal(period.starts_on, Date),
        literal(period.ends_on, Date),
        literal(due_at, PeriodicEvaluation.__table__.c.due_at.type),  # type: ignore[attr-defined]
        literal(False, Boolean),
    ).where(col(Appraisal.cycle_id) == context.cycle.id, col(Appraisal.state) == AppraisalState.OPEN.value)
    names = ["tenant_id", "id", "appraisal_id", "number", "starts_on", "ends_on", "due_at", "as_before"]
    await session.execute(insert(PeriodicEvaluation).from_select(names, rows).on_conflict_do_nothing())


def _not_owed_yet(context: CycleContext, period: ReportPeriod, offices: Offices) -> Select[Any]:
    """Rater and evaluation of those about whom the period is not owed and never was; the office stands in for no rater."""
    office, rater = acting_for(offices, col(Appraisal.servant_id)), col(Appraisal.rater_id)
    owed_before = exists(
        select(literal(1)).where(
            col(ObligationRow.kind) == ObligationKind.EVALUATE_PERIOD.value,
            col(ObligationRow.subject_id) == col(PeriodicEvaluation.id),
        )
    )
    of_period = (col(Appraisal.cycle_id) == context.cycle.id, col(PeriodicEvaluation.number) == period.number)
    return (
        select(
            col(PeriodicEvaluation.id).label("subject_id"),
            func.coalesce(rater, office).label("debtor_id"),
            col(Appraisal.servant_id).label("about_id"),
            case((rater.is_not(None), func.coalesce(col(Appraisal.authority_id), office))).label("superior_id"),
            office.label("office_id"),
        )
        .join(Appraisal, col(Appraisal.id) == col(PeriodicEvaluation.appraisal_id))
        .where(*of_period, ~owed_before)
    )


async def evaluate(session: AsyncSession, appraisal_id: UUID, number: int, given: Given) -> PeriodicEvaluation:
    """Rate a period that is over; a second evaluation replaces the first until the whole period is assessed.

    Whoever got the person from another rater may, by agreement, give the ratings of the period before (L IV.A).
    """
    row = await _row(session, appraisal_id, number)
    owed = await access.claimed(session, ObligationKind.EVALUATE_PERIOD, [row.id])
    appraisal = await access.locked(session, appraisal_id)
    found = access.related(session, appraisal) | ({Relation.DEBTOR} if owed else set())
    if not access.may_rate(session, found, appraisal, await access.offices_about(session, [appraisal])):
        raise access.forbidden(_WHAT, Relation.RATER, Relation.DEBTOR)
    await access.require_not_handed_over(session, ObligationKind.EVALUATE_PERIOD, row.id)
    context = await open_context(session, appraisal.cycle_id)
    await session.refresh(row)  # read before the lock was waited for
    result, behaviour = given.ratings or await _ratings_before(session, row)
    wanted = (result.value, behaviour.value, given.note, given.ratings is None)
    if (row.result_rating, row.behaviour_rating, row.note, row.as_before) == wanted:
        return row
    _may_be_evaluated(context, appraisal, row)
    row.result_rating, row.behaviour_rating, row.note, row.as_before = wanted
    row.predicate = predicate(result, behaviour).value
    row.evaluated_by, row.evaluated_at = actor(session).id, clock(session).now()
    await session.flush()
    done = await close_obligations(
        session, OBLIGATIONS, ObligationKind.EVALUATE_PERIOD, [row.id], tenant_id=row.tenant_id
    )
    row.due_at = max((one.due_at for one in done), default=row.due_at)  # it may have moved since it was opened
    emit(session, events.evaluated(appraisal, row, by=actor(session).id))
    return row


async def _ratings_before(session: AsyncSession, row: PeriodicEvaluation) -> tuple[Rating, Rating]:
    looking = select(PeriodicEvaluation).where(
        col(PeriodicEvaluation.appraisal_id) == row.appraisal_id, col(PeriodicEvaluation.number) == row.number - 1
    )
    before = (await session.scalars(looking)).first()
    who = actor(session).id
    if before is None or before.result_rating is None or before.behaviour_rating is None:
        return as_before(None, by=None, now_by=who)
    ratings = Rating(before.result_rating), Rating(before.behaviour_rating)
    return as_before(ratings, by=before.evaluated_by, now_by=who)


async def _row(session: AsyncSession, appraisal_id: UUID, number: int) -> PeriodicEvaluation:
    looking = select(PeriodicEvaluation).where(
        col(PeriodicEvaluation.appraisal_id) == appraisal_id, col(PeriodicEvaluation.number) == number
    )
    found = (await session.scalars(looking)).first()
    if found is None:
        raise NotFound(
            f"no period {number} of this appraisal is evaluated on its own",
            f"periode {number} penilaian ini tidak dievaluasi tersendiri",
        )
    return found


def _may_be_evaluated(context: CycleContext, appraisal: Appraisal, row: PeriodicEvaluation) -> None:
    if local_date(context.now, context.calendar) <= row.ends_on:
        raise Refused(f"the period runs until {row.ends_on}", f"periode berjalan sampai {row.ends_on}")
    if appraisal.assessed_by is not None:
        raise Refused("the whole period has been assessed", "seluruh periode sudah dinilai")
