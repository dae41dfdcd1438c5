"""The read receipt of the standard."""

from uuid import UUID

from sqlalchemy import Table, select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.feedback.obligations import OBLIGATIONS
from contracts.feedback.sessions import StandardAcknowledged
from contracts.obligations import ObligationKind
from kit.db import clock
from kit.outbox import emit
from obligations.closing import close_obligations
from services.feedback.cycles.queries.context import open_cycle, own_membership
from services.feedback.sessions.models import Acknowledgement

# "Do nothing" on conflict, and no row comes back: of two receipts at once the second finds that of the first.
_RECEIPTS: Table = Acknowledgement.__table__  # type: ignore[attr-defined]
_READ = insert(_RECEIPTS).on_conflict_do_nothing().returning(_RECEIPTS.c.servant_id)


async def acknowledge_standard(session: AsyncSession, cycle_id: UUID) -> Acknowledgement:
    """The acting servant has read the criteria of the cycle; asked twice, the first receipt stands."""
    context = await open_cycle(session, cycle_id)
    member = await own_membership(session, cycle_id)
    mine, tenant_id = member.servant_id, member.tenant_id
    read = Acknowledgement(
        tenant_id=tenant_id,
        cycle_id=cycle_id,
        servant_id=mine,
        policy_version=context.policy.version,
        at=clock(session).now(),
    )
    if (await session.execute(_READ, read.model_dump())).first() is None:
        return await _receipt(session, cycle_id, mine)
    kind = ObligationKind.ACKNOWLEDGE_STANDARD
    await close_obligations(session, OBLIGATIONS, kind, [cycle_id], tenant_id=tenant_id, debtor_id=mine)
    event = StandardAcknowledged(
        tenant_id=tenant_id, cycle_id=cycle_id, servant_id=mine, policy_version=read.policy_version
    )
    emit(session, event)
    return read


async def _receipt(session: AsyncSession, cycle_id: UUID, servant_id: UUID) -> Acknowledgement:
    mine = select(Acknowledgement).where(
        col(Acknowledgement.cycle_id) == cycle_id, col(Acknowledgement.servant_id) == servant_id
    )
    return (await session.scalars(mine)).one()
