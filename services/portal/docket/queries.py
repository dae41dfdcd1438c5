"""In which unit whoever objects was a member of the cycle."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

_UNITS = text("""
select m.servant_id, coalesce(u.name, '') as unit
from directory_members m left join directory_units u on u.tenant_id = m.tenant_id and u.id = m.unit_id
where m.cycle_id = :cycle and m.servant_id = any(:servants)
""")


async def units_of(session: AsyncSession, cycle_id: UUID, servants: Iterable[str]) -> dict[str, str]:
    """Names of units by the id of the servant as text."""
    values = {"cycle": cycle_id, "servants": [UUID(one) for one in servants]}
    return {str(row.servant_id): row.unit for row in await session.execute(_UNITS, values)}
