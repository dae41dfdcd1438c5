"""Names of people by id."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

_NAMES = text("select id, name from directory_people where id = any(:ids)")


async def names(session: AsyncSession, ids: Iterable[UUID | str | None]) -> dict[str, str]:
    """By id as text; whoever is not known is left out, and whatever is no id (a journal's "system")."""
    wanted = {found for one in ids if one and (found := _uuid(one)) is not None}
    if not wanted:
        return {}
    return {str(row.id): row.name for row in await session.execute(_NAMES, {"ids": list(wanted)})}


def _uuid(value: UUID | str) -> UUID | None:
    try:
        return UUID(str(value))
    except ValueError:
        return None
