"""Keeps reviewing authorities true: the authority of a civil servant is the rater's rater."""

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.outbox import emit_all
from services.registry.events import servants_recorded

# Only people whose rater has another rater now are written and emitted. `is distinct from`, because no authority is
# null, and null differs from null. One pass is enough: an authority changes nobody else's rater.
_FOLLOW = text(
    """
    update servants s set authority_id = r.rater_id, revision = s.revision + 1
    from servants r
    where r.tenant_id = s.tenant_id and r.id = s.rater_id and s.authority_id is distinct from r.rater_id
    returning s.*
    """
)


async def follow_raters(session: AsyncSession, *, reason: str | None = None) -> int:
    """Correct every authority in the city that no longer is the rater's rater; returns how many."""
    rows = (await session.execute(_FOLLOW)).all()
    return await emit_all(session, servants_recorded(rows), reason=reason)
