"""The sample people who may be picked, as the registry of this stack has them."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

import asyncpg

from contracts.base import Role


@dataclass(frozen=True, slots=True)
class Sample:
    """Somebody to sign in as."""

    sub: UUID
    city: str
    name: str
    position: str
    roles: tuple[str, ...] = ()


Find = Callable[[str], Awaitable[Sequence[Sample]]]
"""Those whose name, position or city holds a text; the first of all for an empty one."""

_CITIES = "select tenant_id from journal_heads order by 1"
_CITY = "select set_config('app.tenant', $1, true)"
# Holders of offices first, then heads, then everybody: whoever looks around wants one of each.
_PEOPLE = """
select id, tenant_id, name, position, roles || held_roles as roles, is_head
from servants where active and ($1 = '' or name ilike $2 or position ilike $2 or tenant_id like $2)
union all
select id, tenant_id, name, '', roles, false
from accounts where active and ($1 = '' or name ilike $2 or tenant_id like $2 or array_to_string(roles, ' ') ilike $2)
order by 5 desc, 6 desc, 3 limit $3
"""
_MOST = 30
"""Of one city on the page; whoever is not there is searched for."""


class Registry:
    """Looks people up in the registry's database: the cities as its relay sees them, the people as its API does."""

    def __init__(self, cities: str, people: str) -> None:
        self._cities, self._people = cities, people

    async def find(self, text: str) -> Sequence[Sample]:
        """People of every city whose name, position, office or city's code holds the text."""
        found: list[Sample] = []
        connection = await asyncpg.connect(self._people)
        try:
            for city in await self._known():
                async with connection.transaction():
                    await connection.execute(_CITY, city)
                    rows = await connection.fetch(_PEOPLE, text, f"%{text}%", _MOST)
                found += [
                    Sample(row["id"], row["tenant_id"], row["name"], row["position"], tuple(row["roles"]))
                    for row in rows
                ]
        finally:
            await connection.close()
        return found

    async def _known(self) -> list[str]:
        connection = await asyncpg.connect(self._cities)
        try:
            return [row["tenant_id"] for row in await connection.fetch(_CITIES)]
        finally:
            await connection.close()


def _city(row: asyncpg.Record) -> str:
    """An official of the province signs in under the province's own code, whichever city declared him or her."""
    tenant: str = row["tenant_id"]
    return f"{tenant[:2]}.00" if Role.PROVINCE.value in row["roles"] else tenant
