"""Tells the workflow of a cycle, once, that nothing of a phase is left in this service."""

from collections.abc import Iterable
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase
from contracts.feedback.obligations import OBLIGATIONS
from obligations.clearing import emit_when_cleared
from obligations.rows import ObligationRow
from services.feedback.cycles.queries.progress import anybody_waits, surely_waits


def check_cleared(session: AsyncSession, *, tenant_id: str, cycle_id: UUID, phase: Phase) -> None:
    """Look at the end of the transaction whether the phase is cleared.

    Takes the place of the look that closing an obligation schedules for the same phase, which knows of obligations only.
    """
    emit_when_cleared(
        session,
        OBLIGATIONS,
        tenant_id=tenant_id,
        cycle_id=cycle_id,
        phase=phase,
        surely_waits=surely_waits,
        waits=anybody_waits,
    )


def check_cleared_of(session: AsyncSession, rows: Iterable[ObligationRow]) -> None:
    """The same for the phases of obligations that ended."""
    for tenant_id, cycle_id, phase in {(row.tenant_id, row.cycle_id, row.phase) for row in rows}:
        check_cleared(session, tenant_id=tenant_id, cycle_id=cycle_id, phase=Phase(phase))
