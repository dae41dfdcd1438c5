"""Provisional results: announced to the servant, open for questions, and changed by an answer or a late fact."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ColumnElement, select, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.amendments import ScoreChange
from contracts.base import Phase, Rating
from contracts.obligations import ObligationKind
from directory.weeks import limit_by_week
from scoring.trace import NATIONAL, Step
from services.evaluation import obligations
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.appraisals.queries.offices import in_cycle
from services.evaluation.appraisals.rules.states import COMPUTED, AppraisalState, before
from services.evaluation.cycles.commands import progress
from services.evaluation.cycles.queries.context import CycleContext, obligations_are_open
from services.evaluation.results import events
from services.evaluation.results.commands import amendments
from services.evaluation.results.commands.amendments import Scored
from services.evaluation.results.commands.computation import local_columns, local_score, traced
from services.evaluation.results.queries import inputs
from services.evaluation.results.rules import Decisions, decisions_of, rerated, retraced


async def announce(session: AsyncSession, context: CycleContext, appraisal_ids: Sequence[UUID]) -> None:
    """These results are provisional from now on; where disclosure has begun, the signature is owed at once."""
    if not appraisal_ids:
        return
    # One update for any number, not row by row: when moderation closes, a whole city becomes provisional at once.
    announcing = (
        update(Appraisal)
        .where(col(Appraisal.id).in_(appraisal_ids), col(Appraisal.state).in_(before(AppraisalState.PROVISIONAL)))
        .values(state=AppraisalState.PROVISIONAL.value, clarify_until=await clarify_until(session, context))
        .execution_options(synchronize_session=False)
    )
    await session.execute(announcing)
    looking = select(Appraisal).where(col(Appraisal.id).in_(appraisal_ids)).order_by(col(Appraisal.id))
    for one in (await session.scalars(looking.execution_options(populate_existing=True))).all():
        events.provisional(session, context, one)
    if await obligations_are_open(session, context.cycle.id, Phase.DISCLOSURE):
        offices = await in_cycle(session, context.cycle.id)
        source = obligations.of_signers(context, offices).where(col(Appraisal.id).in_(appraisal_ids))
        await obligations.owe_all(session, context, ObligationKind.ISSUE_RESULT, source)
    # What was waited for in either phase may have been this: the watch asks whether the phase is over.
    for phase in (Phase.EVALUATION, Phase.MODERATION):
        progress.watch(session, tenant_id=context.tenant_id, cycle_id=context.cycle.id, phase=phase)


async def clarify_until(session: AsyncSession, context: CycleContext) -> ColumnElement[datetime] | datetime:
    """How long the servants may ask before their results are issued (Dumai), each on the week of his or her unit."""
    # Without the feature the window has no length, and nothing asks about it.
    if not context.policy.features.clarification:
        return context.now
    days = context.policy.objection.clarify_within
    servant = col(Appraisal.servant_id)
    return await limit_by_week(session, servant, lambda week: context.working_days(days, week), city=context.calendar)


async def amend(
    session: AsyncSession,
    context: CycleContext,
    appraisal: Appraisal,
    *,
    result_rating: Rating | None,
    behaviour_rating: Rating | None,
    changes: Sequence[ScoreChange] = (),
) -> None:
    """A question was answered by other ratings or scores: the predicate follows from the table, the score is made anew."""
    scored = Scored.of(appraisal)
    if changes:
        await _rescore(session, context, appraisal, decisions_of(appraisal.trace or ()).and_then(changes))
    trace = [Step.model_validate(step) for step in appraisal.trace or []]
    before = (appraisal.result_rating, appraisal.behaviour_rating)
    national = rerated(before, result_rating, behaviour_rating, trace=trace)
    # The answer gave the same ratings and scores: nothing is amended, nothing is announced again.
    if before == (national.result_rating, national.behaviour_rating) and not scored.changed(Scored.of(appraisal)):
        return
    steps = retraced(trace, national)
    appraisal.result_rating, appraisal.behaviour_rating = national.result_rating, national.behaviour_rating
    appraisal.predicate = national.predicate
    appraisal.trace = [step.model_dump(mode="json") for step in steps]
    if appraisal.state == AppraisalState.PROVISIONAL:
        events.provisional(session, context, appraisal)
    await amendments.tell(session, appraisal.id, scored, Scored.of(appraisal), objection=False)


async def recompute(session: AsyncSession, context: CycleContext, appraisal: Appraisal) -> None:
    """A fact came in after the score was made and before the result was issued; ratings stay as they are."""
    if appraisal.state not in COMPUTED:
        return
    before = (appraisal.local_score, appraisal.local_band)
    # What was decided about a question stands, whatever fact comes in beside it.
    await _rescore(session, context, appraisal, decisions_of(appraisal.trace or ()))
    if appraisal.state == AppraisalState.PROVISIONAL and before != (appraisal.local_score, appraisal.local_band):
        events.provisional(session, context, appraisal)


async def _rescore(session: AsyncSession, context: CycleContext, appraisal: Appraisal, decisions: Decisions) -> None:
    """The local score anew, with what was decided in it."""
    given = await inputs.assessments(session, [appraisal.id])
    local = local_score(context.policy, appraisal, given[appraisal.id], decisions=decisions)
    national = [step for step in appraisal.trace or [] if step["code"] in NATIONAL]
    for name, value in local_columns(local, context.policy).items():
        setattr(appraisal, name, Decimal(value) if name == "local_score" and value is not None else value)
    # The national steps stay: only the superior's ratings make them, and those did not change.
    appraisal.trace = traced(local, given[appraisal.id]) + national
