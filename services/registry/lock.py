"""One change of a city's master data at a time: hierarchy and inheritance are judged over the whole."""

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import actor

# An advisory lock, because no row stands for the whole: what is judged together may not be recorded yet. It ends with
# the transaction. The key is a bigint, so text is hashed; the prefix keeps apart what else may lock by a city's code.
_LOCK = text("select pg_advisory_xact_lock(hashtextextended('registry/' || :tenant, 0))")


async def lock_city(session: AsyncSession) -> str:
    """Wait for whoever changes this city's master data; returns its code."""
    tenant_id = actor(session).tenant_id
    await session.execute(_LOCK, {"tenant": tenant_id})
    return tenant_id
