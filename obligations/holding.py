"""Cycles whose ladders stand still, as each service that owns obligations knows them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, SQLModel, col
from sqlmodel.ext.asyncio.session import AsyncSession

from kit import columns
from kit.db import actor, clock
from obligations.rows import ObligationRow


class HeldCycle(SQLModel, table=True):
    """A cycle that is paused: no ladder of it moves, whenever its obligations came into being."""

    __tablename__ = "held_cycles"

    tenant_id: str = columns.tenant()
    cycle_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    since: datetime = columns.instant()


async def hold(session: AsyncSession, cycle_id: UUID) -> None:
    """No ladder of the cycle moves until :func:`release`, not even of what comes into being meanwhile."""
    row = {"tenant_id": actor(session).tenant_id, "cycle_id": cycle_id, "since": clock(session).now()}
    # The event of a pause may be seen twice.
    await session.execute(insert(HeldCycle).values(row).on_conflict_do_nothing())
    # The row alone would do, but what is held would then stand first in the sweep's index for as long as it is held, and
    # be skipped again in every sweep.
    holding = (
        update(ObligationRow)
        .where(col(ObligationRow.cycle_id) == cycle_id, col(ObligationRow.state) == "OPEN")
        .values(next_at=None)
        .execution_options(synchronize_session=False)
    )
    await session.execute(holding)


async def release(session: AsyncSession, cycle_id: UUID) -> None:
    """Ladders may move again; those that stood still when they were held do so once they are postponed."""
    await session.execute(delete(HeldCycle).where(col(HeldCycle.cycle_id) == cycle_id))
