"""Objections to results, as feedback emits them: they hold finality up, and a decision may make a new version."""

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.feedback.objections import ObjectionDecided, ObjectionFiled, ObjectionOutcome, ObjectionWithdrawn
from services.evaluation.appraisals.commands import access
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.appraisals.rules.states import Act, move
from services.evaluation.cycles.queries.context import context_of
from services.evaluation.reports import commands as reports
from services.evaluation.results.commands import finality, versions
from services.evaluation.results.queries.results import newest


async def record_filing(session: AsyncSession, event: ObjectionFiled) -> None:
    """The result stays open until the objection is decided."""
    appraisal = await access.locked(session, event.appraisal_id)
    appraisal.objection_open = appraisal.objected = True


async def record_withdrawal(session: AsyncSession, event: ObjectionWithdrawn) -> None:
    """As if it had not been filed."""
    await _end(session, await access.locked(session, event.appraisal_id))


async def apply_decision(session: AsyncSession, event: ObjectionDecided) -> None:
    """Upheld, the result is kept; amended, what the authority set makes a new and final version."""
    appraisal = await access.locked(session, event.appraisal_id)
    decision = event.decision
    if decision.outcome is ObjectionOutcome.AMENDED:
        context = await context_of(session, appraisal.cycle_id)
        ratings = (decision.result_rating, decision.behaviour_rating)
        before = await newest(session, appraisal.id)
        await versions.supersede(
            session,
            context,
            before,
            ratings=ratings,
            reason=decision.reason,
            by=event.authority_id,
            changes=event.scores or (),
            objection_id=event.objection_id,
        )
        appraisal.state = move(appraisal.state, Act.AMEND)
        await session.flush()
        # A change by an objection is reported upward as well (L V.B.7-8).
        await reports.request_again(session, context)
    await _end(session, appraisal)


async def _end(session: AsyncSession, appraisal: Appraisal) -> None:
    appraisal.objection_open = False
    await session.flush()
    await finality.finalise(session, await context_of(session, appraisal.cycle_id), [appraisal.id])
