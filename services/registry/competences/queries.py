"""Reads of the competences of positions, and who holds these."""

from collections.abc import Collection, Sequence

from sqlalchemy import text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.competences import position_key
from kit.keyset import Found, Window, read
from services.registry.competences.models import PositionCompetence

# The database writes names as `position_key` does: blanks as one, no capitals.
_HELD = text(
    r"""
    select distinct lower(btrim(regexp_replace(position, '\s+', ' ', 'g'))) from servants
    where tenant_id = :tenant and active
        and lower(btrim(regexp_replace(position, '\s+', ' ', 'g'))) = any(cast(:keys as text[]))
    """
)


async def page(session: AsyncSession, *, position: str | None, window: Window) -> Found[PositionCompetence]:
    """A page of what is recorded, of one position if named, in the order of its recording."""
    looking = select(PositionCompetence)
    if position is not None:
        looking = looking.where(col(PositionCompetence.position_key) == position_key(position))
    return await read(session, looking, col(PositionCompetence.id), window=window)


async def of_positions(session: AsyncSession, keys: Collection[str]) -> Sequence[PositionCompetence]:
    """All that these positions ask for, by position, competence and day."""
    place = (PositionCompetence.position_key, PositionCompetence.code, PositionCompetence.valid_from)
    looking = select(PositionCompetence).where(col(PositionCompetence.position_key).in_(keys))
    ordered = looking.order_by(*(col(one) for one in place)).execution_options(populate_existing=True)
    return (await session.exec(ordered)).all()


async def held(session: AsyncSession, tenant_id: str, keys: Collection[str]) -> frozenset[str]:
    """Those of these positions that somebody at work holds."""
    return frozenset((await session.scalars(_HELD, {"tenant": tenant_id, "keys": list(keys)})).all())
