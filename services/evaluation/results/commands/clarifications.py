"""Questions of servants about provisional results, as feedback emits them: they hold the signature up, and may change ratings."""

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.evaluation.obligations import OBLIGATIONS
from contracts.feedback.clarifications import ClarificationAnswered, ClarificationRequested
from contracts.obligations import ObligationKind
from obligations.closing import close_obligations
from services.evaluation.appraisals.commands import access
from services.evaluation.appraisals.rules.states import COMPUTED, Act, can, move
from services.evaluation.cycles.queries.context import context_of
from services.evaluation.results.commands import provisional, versions
from services.evaluation.results.queries.results import newest


async def record_question(session: AsyncSession, event: ClarificationRequested) -> None:
    """The signature waits for the answer."""
    appraisal = await access.locked(session, event.appraisal_id)
    appraisal.clarification_open = True


async def apply_answer(session: AsyncSession, event: ClarificationAnswered) -> None:
    """Explained, nothing changes; amended, the predicate follows from the new ratings, the score from the new scores.

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
            changes=event.scores or (),
        )
    elif can(appraisal.state, Act.CLARIFY):
        ratings = (event.result_rating, event.behaviour_rating)
        before = await newest(session, appraisal.id)
        # The version that waits for a receipt is replaced; its successor asks for one of its own when it is delivered.
        await close_obligations(
            session,
            OBLIGATIONS,
            ObligationKind.ACKNOWLEDGE_RESULT,
            [before.id],
            tenant_id=appraisal.tenant_id,
            state="CANCELLED",
        )
        reason = event.reason or "amended after a clarification"
        await versions.supersede(
            session, context, before, ratings=ratings, reason=reason, by=event.answered_by, changes=event.scores or ()
        )
        appraisal.state = move(appraisal.state, Act.CLARIFY)
