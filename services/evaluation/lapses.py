"""What happens by default when nobody did what was owed."""

from collections.abc import Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.obligations import ObligationKind
from obligations.rows import ObligationRow
from obligations.sweep import Lapse
from services.evaluation.appraisals.commands import completion
from services.evaluation.findings.commands import moderation, questions
from services.evaluation.organisations import commands as organisations
from services.evaluation.results.commands import receipt
from services.evaluation.reviews import commands as reviews
from services.evaluation.visits.commands import assessments, responses, schedule


async def _without_peer(session: AsyncSession, rows: Sequence[ObligationRow]) -> None:
    """A silent colleague is left out; too few of them drop the source."""
    await completion.compute_complete(session, list({row.subject_id for row in rows}))


LAPSES: dict[ObligationKind, Lapse] = {
    ObligationKind.VISIT_UNIT: schedule.lapse,
    ObligationKind.RESPOND_TO_VISIT: responses.lapse,
    ObligationKind.ASSESS_PEER: _without_peer,
    ObligationKind.ASSESS_PANEL: assessments.lapse,
    ObligationKind.SET_ORG_PERFORMANCE: organisations.lapse,
    ObligationKind.MODERATE: moderation.lapse,
    ObligationKind.ANSWER_MODERATION: questions.lapse,
    ObligationKind.ACKNOWLEDGE_RESULT: receipt.deem,
    ObligationKind.REVIEW_SYSTEM: reviews.lapse,
}
