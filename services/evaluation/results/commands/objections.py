"""What feedback tells of objections and clarifications, and what becomes of the result; no version is overwritten."""

from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase, Rating, new_id
from contracts.evaluation.obligations import OBLIGATIONS
from contracts.feedback.clarifications import ClarificationAnswered, ClarificationRequested
from contracts.feedback.objections import ObjectionDecided, ObjectionFiled, ObjectionOutcome, ObjectionWithdrawn
from contracts.obligations import ObligationKind
from obligations.closing import close_obligations
from scoring.trace import Step
from services.evaluation.appraisals.commands import access
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.appraisals.rules.states import COMPUTED, Act, can, move
from services.evaluation.cycles.commands import progress
from services.evaluation.cycles.queries.context import CycleContext, context_of
from services.evaluation.proposals.commands import proposals
from services.evaluation.reports import commands as reports
from services.evaluation.results import events
from services.evaluation.results.commands import finality, provisional
from services.evaluation.results.models import Result


async def take_filed(session: AsyncSession, event: ObjectionFiled) -> None:
    """The result stays open until the objection is decided."""
    appraisal = await access.locked(session, event.appraisal_id)
    appraisal.objection_open = appraisal.objected = True


async def take_withdrawn(session: AsyncSession, event: ObjectionWithdrawn) -> None:
    """As if it had not been filed."""
    await _end(session, await access.locked(session, event.appraisal_id))


async def take_decided(session: AsyncSession, event: ObjectionDecided) -> None:
    """Upheld, the result is kept; amended, the authority's ratings make a new and final version."""
    appraisal = await access.locked(session, event.appraisal_id)
    decision = event.decision
    if decision.outcome is ObjectionOutcome.AMENDED:
        context = await context_of(session, appraisal.cycle_id)
        ratings = (decision.result_rating, decision.behaviour_rating)
        before = await _newest(session, appraisal.id)
        await _new_version(
            session, context, before, ratings=ratings, reason=decision.reason, by=event.authority_id, objection=True
        )
        appraisal.state = move(appraisal.state, Act.AMEND)
        await session.flush()
        await reports.ask_again(session, context)
    await _end(session, appraisal)


async def _end(session: AsyncSession, appraisal: Appraisal) -> None:
    appraisal.objection_open = False
    await session.flush()
    await finality.finalise(session, await context_of(session, appraisal.cycle_id), [appraisal.id])


async def take_question(session: AsyncSession, event: ClarificationRequested) -> None:
    """The signature waits for the answer."""
    appraisal = await access.locked(session, event.appraisal_id)
    appraisal.clarification_open = True


async def take_answer(session: AsyncSession, event: ClarificationAnswered) -> None:
    """Explained, nothing changes; amended, the predicate follows from the new ratings.

    Where rater and question crossed, so that the result was signed already, the answer makes a new version.
    """
    appraisal = await access.locked(session, event.appraisal_id)
    appraisal.clarification_open = False
    if event.outcome != "AMENDED":
        return
    context = await context_of(session, appraisal.cycle_id)
    if appraisal.state in COMPUTED:
        await provisional.amend(
            session,
            context,
            appraisal,
            result_rating=event.result_rating,
            behaviour_rating=event.behaviour_rating,
        )
    elif can(appraisal.state, Act.CLARIFY):
        ratings = (event.result_rating, event.behaviour_rating)
        before = await _newest(session, appraisal.id)
        await close_obligations(
            session,
            OBLIGATIONS,
            ObligationKind.ACKNOWLEDGE_RESULT,
            [before.id],
            tenant_id=appraisal.tenant_id,
            state="CANCELLED",
        )
        reason = event.reason or "amended after a clarification"
        await _new_version(session, context, before, ratings=ratings, reason=reason, by=event.answered_by)
        appraisal.state = move(appraisal.state, Act.CLARIFY)


async def _newest(session: AsyncSession, appraisal_id: UUID) -> Result:
    looking = select(Result).where(col(Result.appraisal_id) == appraisal_id).order_by(col(Result.version).desc())
    return (await session.scalars(looking.limit(1), execution_options={"populate_existing": True})).one()


async def _new_version(
    session: AsyncSession,
    context: CycleContext,
    before: Result,
    *,
    ratings: tuple[Rating | None, Rating | None],
    reason: str,
    by: UUID,
    objection: bool = False,
) -> None:
    """The next version beside the one before, which is marked and kept."""
    trace = [Step.model_validate(step) for step in before.trace]
    national = provisional.rerated((before.result_rating, before.behaviour_rating), *ratings, trace=trace)
    steps = provisional.retraced(trace, national)
    row = _kept(before) | {
        "version": before.version + 1,
        "result_rating": national.result_rating,
        "behaviour_rating": national.behaviour_rating,
        "predicate": national.predicate,
        "trace": [step.model_dump(mode="json") for step in steps],
        "issued_at": context.now,
        "issued_by": by,
        "by_superior": objection or before.by_superior,
        "by_objection": objection,
        "reason": reason,
        "final_without_objection": objection or before.final_without_objection,
    }
    result = (await session.scalars(insert(Result).values(row).returning(Result))).one()
    marking = update(Result).where(col(Result.id) == before.id).values(superseded_by=result.version)
    await session.execute(marking.execution_options(synchronize_session=False))
    events.superseded(session, before, context.cycle, by=result)
    await proposals.supersede(session, context, before, by_version=result.version)
    events.issued(session, result)
    progress.watch(session, tenant_id=context.tenant_id, cycle_id=context.cycle.id, phase=Phase.DISCLOSURE)


_SAME = (
    "tenant_id",
    "appraisal_id",
    "cycle_id",
    "servant_id",
    "rater_id",
    "authority_id",
    "local_score",
    "local_band",
    "criteria",
    "strengths",
    "areas",
)


def _kept(before: Result) -> dict[str, Any]:
    """What a decision about ratings does not touch: the local score stands as it was measured."""
    return {"id": new_id(), **{name: getattr(before, name) for name in _SAME}}
