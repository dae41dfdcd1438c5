"""What happens by default when nobody did what was owed."""

from collections.abc import Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.obligations import Duty
from kit.obligations import ObligationRow
from kit.sweep import Lapse
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


LAPSES: dict[Duty, Lapse] = {
    Duty.VISIT_UNIT: visiting.not_held,
    Duty.RESPOND_TO_VISIT: responding.take_silence,
    Duty.ASSESS_PEER: _without_peer,
    Duty.ASSESS_PANEL: visiting.panel_is_silent,
    Duty.SET_ORG_PERFORMANCE: organising.take_last_years,
    Duty.MODERATE: moderating.take_as_it_is,
    Duty.ANSWER_MODERATION: questioning.take_silence,
    Duty.ACKNOWLEDGE_RESULT: receipt.deem,
    Duty.REVIEW_SYSTEM: reviewing.take_numbers,
}
