"""Provisional results: told to the servant, open for questions, and changed by an answer or a late fact."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ColumnElement, select, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase, Predicate, Rating
from contracts.evaluation.results import ResultProvisional
from contracts.obligations import ObligationKind
from directory.weeks import limit_by_week
from kit.outbox import emit
from scoring import study_leave
from scoring.outcome import Outcome, outcome
from scoring.trace import NATIONAL, Step
from services.evaluation import obligations
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.appraisals.rules.states import COMPUTED, AppraisalState, before
from services.evaluation.cycles.commands import progress
from services.evaluation.cycles.queries.context import CycleContext, obligations_are_open
from services.evaluation.results.commands.computation import assessments_of, local_columns, local_score


async def announce(session: AsyncSession, context: CycleContext, appraisal_ids: Sequence[UUID]) -> None:
    """These results are provisional from now on; where disclosure has begun, the signature is owed at once."""
    if not appraisal_ids:
        return
    announcing = (
        update(Appraisal)
        .where(col(Appraisal.id).in_(appraisal_ids), col(Appraisal.state).in_(before(AppraisalState.PROVISIONAL)))
        .values(state=AppraisalState.PROVISIONAL.value, clarify_until=await clarify_until(session, context))
        .execution_options(synchronize_session=False)
    )
    await session.execute(announcing)
    looking = select(Appraisal).where(col(Appraisal.id).in_(appraisal_ids)).order_by(col(Appraisal.id))
    for one in (await session.scalars(looking.execution_options(populate_existing=True))).all():
        tell(session, context, one)
    if await obligations_are_open(session, context.cycle.id, Phase.DISCLOSURE):
        source = obligations.of_signers(context).where(col(Appraisal.id).in_(appraisal_ids))
        await obligations.owe_all(session, context, ObligationKind.ISSUE_RESULT, source)
    for phase in (Phase.EVALUATION, Phase.MODERATION):
        progress.watch(session, tenant_id=context.tenant_id, cycle_id=context.cycle.id, phase=phase)


async def clarify_until(session: AsyncSession, context: CycleContext) -> ColumnElement[datetime] | datetime:
    """How long the servants may ask before their results are issued (Dumai), each on the week of his or her unit."""
    if not context.policy.features.clarification:
        return context.now
    days = context.policy.objection.clarify_within
    servant = col(Appraisal.servant_id)
    return await limit_by_week(session, servant, lambda week: context.working_days(days, week), city=context.calendar)


def tell(session: AsyncSession, context: CycleContext, appraisal: Appraisal) -> None:
    """Score, ratings and predicate as they stand."""
    told = ResultProvisional(
        tenant_id=appraisal.tenant_id,
        appraisal_id=appraisal.id,
        cycle_id=appraisal.cycle_id,
        servant_id=appraisal.servant_id,
        rater_id=appraisal.rater_id or context.office_id,
        result_rating=Rating(appraisal.result_rating or ""),
        behaviour_rating=Rating(appraisal.behaviour_rating or ""),
        predicate=Predicate(appraisal.predicate or ""),
        local_score=appraisal.local_score,
        clarify_until=appraisal.clarify_until or context.now,
    )
    emit(session, told)


def rerated(
    ratings: tuple[str | None, str | None],
    result_rating: Rating | None,
    behaviour_rating: Rating | None,
    *,
    trace: Sequence[Step],
) -> Outcome:
    """The predicate of changed ratings; what is not changed stays, and so does what ``trace`` says of study leave."""
    before_result, before_behaviour = (Rating(one or "") for one in ratings)
    no_degree = study_leave.recorded(trace)
    return outcome(result_rating or before_result, behaviour_rating or before_behaviour, no_degree=no_degree)


def retraced(trace: Sequence[Step], national: Outcome) -> list[Step]:
    """The local steps as they were, and the new way to the predicate."""
    return [*(step for step in trace if step.code not in NATIONAL), *national.trace]


async def amend(
    session: AsyncSession,
    context: CycleContext,
    appraisal: Appraisal,
    *,
    result_rating: Rating | None,
    behaviour_rating: Rating | None,
) -> None:
    """A question was answered by other ratings: the predicate follows from the table."""
    trace = [Step.model_validate(step) for step in appraisal.trace or []]
    before = (appraisal.result_rating, appraisal.behaviour_rating)
    national = rerated(before, result_rating, behaviour_rating, trace=trace)
    if before == (national.result_rating, national.behaviour_rating):
        return
    steps = retraced(trace, national)
    appraisal.result_rating, appraisal.behaviour_rating = national.result_rating, national.behaviour_rating
    appraisal.predicate = national.predicate
    appraisal.trace = [step.model_dump(mode="json") for step in steps]
    if appraisal.state == AppraisalState.PROVISIONAL:
        tell(session, context, appraisal)


async def recompute(session: AsyncSession, context: CycleContext, appraisal: Appraisal) -> None:
    """A fact came in after the score was made and before the result was issued; ratings stay as they are."""
    if appraisal.state not in COMPUTED:
        return
    local = local_score(context.policy, appraisal, await assessments_of(session, appraisal))
    before = (appraisal.local_score, appraisal.local_band)
    national = [step for step in appraisal.trace or [] if step["code"] in NATIONAL]
    for name, value in local_columns(local).items():
        setattr(appraisal, name, Decimal(value) if name == "local_score" and value is not None else value)
    appraisal.trace = [step.model_dump(mode="json") for step in local.trace] + national
    if appraisal.state == AppraisalState.PROVISIONAL and before != (local.score, local.band):
        tell(session, context, appraisal)
