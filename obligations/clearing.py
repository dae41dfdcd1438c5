"""Emits, once and at the end of a transaction, that nobody owes a service anything more in a phase."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase
from contracts.obligations import ObligationEvents
from kit.db import situation
from kit.outbox import emit

Look = Callable[[AsyncSession, UUID, Phase], Awaitable[bool]]
# Two transactions that close the last two obligations see the other's still open, and neither would say that the phase
# is cleared. The lock ends with the transaction: whoever waits for it looks at what the other has committed. It is on
# a name and not on a row, because the obligations of a phase have no row in common.
_LOCK = text("select pg_advisory_xact_lock(hashtext(:it))")


def emit_when_cleared(
    session: AsyncSession,
    events: ObligationEvents,
    *,
    tenant_id: str,
    cycle_id: UUID,
    phase: Phase,
    surely_waits: Look,
    waits: Look,
) -> None:
    """Look, before the commit, whether the phase is cleared, and emit it; the last one asked for a phase looks.

    ``surely_waits`` is cheap and asked by everybody. Only if it says no can the last ones be at work at the same time:
    then they look one after the other, under a lock, and ``waits`` is exact.
    """

    async def look(session: AsyncSession) -> None:
        await session.flush()
        if await surely_waits(session, cycle_id, phase):
            return
        await session.execute(_LOCK, {"it": f"{cycle_id}/{phase}"})
        if not await waits(session, cycle_id, phase):
            emit(session, events.cleared(tenant_id=tenant_id, cycle_id=cycle_id, phase=phase))

    situation(session).before_commit[f"cleared/{cycle_id}/{phase}"] = look
