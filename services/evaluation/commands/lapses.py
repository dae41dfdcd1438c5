"""What happens by default when nobody did what was owed."""

from collections.abc import Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.obligations import ObligationKind
from obligations.rows import ObligationRow
from obligations.sweep import Lapse
from services.evaluation.commands import (
    moderating,
    organising,
    questioning,
    receipt,
    responding,
    reviewing,
    settling,
    visiting,
)


async def _without_peer(session: AsyncSession, rows: Sequence[ObligationRow]) -> None:
    """A silent colleague is left out; too few of them drop the source."""
    await settling.settle(session, list({row.subject_id for row in rows}))


LAPSES: dict[ObligationKind, Lapse] = {
    ObligationKind.VISIT_UNIT: visiting.not_held,
    ObligationKind.RESPOND_TO_VISIT: responding.take_silence,
    ObligationKind.ASSESS_PEER: _without_peer,
    ObligationKind.ASSESS_PANEL: visiting.panel_is_silent,
    ObligationKind.SET_ORG_PERFORMANCE: organising.take_last_years,
    ObligationKind.MODERATE: moderating.take_as_it_is,
    ObligationKind.ANSWER_MODERATION: questioning.take_silence,
    ObligationKind.ACKNOWLEDGE_RESULT: receipt.deem,
    ObligationKind.REVIEW_SYSTEM: reviewing.take_numbers,
}
