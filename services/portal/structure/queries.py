"""Units with their heads and how many people are in each, and the people of one."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

_UNITS = text("""
select u.id, u.code, u.name, u.kind, u.parent_id, u.scope, u.active, h.id as head_id, h.name as head,
    coalesce(p.people, 0) as people
from directory_units u
left join (
    select unit_id, count(*) as people from directory_people where active group by unit_id) p on p.unit_id = u.id
left join lateral (
    select id, name from directory_people
    where tenant_id = u.tenant_id and unit_id = u.id and is_head and active order by name, id limit 1) h on true
order by u.code, u.name, u.id
limit 10000
""")
_PEOPLE = text("""
select id, name, position, is_head, active from directory_people
where unit_id = :unit order by active desc, is_head desc, name, id limit 1000
""")


@dataclass(frozen=True, slots=True)
class Placed:
    """A unit in the tree."""

    id: UUID
    code: str
    name: str
    kind: str
    parent_id: UUID | None
    scope: str
    active: bool
    head_id: UUID | None
    head: str | None
    people: int


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of a unit."""

    id: UUID
    name: str
    position: str
    is_head: bool
    active: bool


async def every_unit(session: AsyncSession) -> list[Placed]:
    """By their codes."""
    return [Placed(**one) for one in (await session.execute(_UNITS)).mappings()]


async def people_of(session: AsyncSession, unit_id: UUID) -> list[Member]:
    """The head first."""
    return [Member(**one) for one in (await session.execute(_PEOPLE, {"unit": unit_id})).mappings()]
