"""What happens by default when a ladder ends: a report is taken over, an initiative not recognised, silence recorded."""

from collections.abc import Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.obligations import ObligationKind
from obligations.rows import ObligationRow
from obligations.sweep import Lapse
from services.plans.confirmations.commands import record_silence
from services.plans.initiatives.commands.verification import lapse
from services.plans.reports.commands.take_overs import take_over


async def take_over_reports(session: AsyncSession, rows: Sequence[ObligationRow]) -> None:
    """Nobody reported: what is known stands."""
    await take_over(session, [row.subject_id for row in rows])


async def refuse_initiatives(session: AsyncSession, rows: Sequence[ObligationRow]) -> None:
    """Nobody verified them: they do not count."""
    await lapse(session, [row.subject_id for row in rows])


async def record_silences(session: AsyncSession, rows: Sequence[ObligationRow]) -> None:
    """Nobody said whether the plan was agreed on: that is what is known of it."""
    await record_silence(session, [row.subject_id for row in rows])


LAPSES: dict[ObligationKind, Lapse] = {
    ObligationKind.CONFIRM_PLAN: record_silences,
    ObligationKind.REPORT_ACTUALS: take_over_reports,
    ObligationKind.VERIFY_INITIATIVE: refuse_initiatives,
}
