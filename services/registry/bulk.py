"""Prepares a transaction for statements over a whole city."""

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

# `true` is `set local`: the connection goes back to the pool with the planner as it was.
_NO_LOOPS = text("select set_config('enable_nestloop', 'off', true)")


async def plan_for_sets(session: AsyncSession) -> None:
    """Let the planner join by hashing for the rest of this transaction.

    Statistics know nothing of a city that is just coming in, so the planner expects one row and would loop over
    100,000: minutes instead of a second.
    """
    await session.execute(_NO_LOOPS)
