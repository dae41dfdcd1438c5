"""People by a part of their name or the beginning of their NIP, and what one of them owes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.obligations import UNNAMED, ObligationKind
from kit.db import clock

SIZE = 50
# What is typed is a text, whatever % or _ it has in it. The index is of trigrams of the name in small letters; below
# row-level security it is reached through a function alone (migration 0006).
_FOUND = """
select p.id, p.name, p.nip, p.position, p.active, coalesce(u.name, '') as unit, count(*) over () as total
from directory_people p left join directory_units u on u.tenant_id = p.tenant_id and u.id = p.unit_id
where {condition}
order by p.active desc, p.name, p.id
limit :most offset :after
"""
_BY_NAME = text(_FOUND.format(condition="p.id in (select id from people_called(:typed))"))
_BY_NIP = text(_FOUND.format(condition="p.nip like :typed || '%' escape '!'"))
_OWED = text("""
select kind, due_at, due_at < :now as late from duties
where debtor_id = :person and state = 'OPEN' and opened_at is not null and kind <> all(:unnamed)
order by due_at, id limit 100
""")
_CYCLES = text("select id, name, closed from directory_cycles order by period_start desc, id limit 100")


_BY_WHOLE_NIP = text("select id from directory_people where nip = :nip order by active desc, id limit 1")
_BY_WHOLE_NIPS = text(
    "select distinct on (nip) nip, id from directory_people where nip = any(:nips) order by nip, active desc, id"
)
_UNITS = text("select id, name from directory_units order by code, name, id limit 5000")


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A unit to be chosen."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody as the list of hits shows him or her."""

    id: UUID
    name: str
    nip: str
    position: str
    active: bool
    unit: str


@dataclass(frozen=True, slots=True)
class Owed:
    """One open obligation."""

    kind: ObligationKind
    due_at: datetime
    late: bool


@dataclass(frozen=True, slots=True)
class KnownCycle:
    """A cycle of the city."""

    id: UUID
    name: str
    closed: bool


def nip_in(typed: str) -> str:
    """The NIP, or its beginning, that was typed, without the blanks that documents write in it; empty for a name."""
    whole = "".join(typed.split())
    return whole if whole.isdecimal() else ""


async def find(session: AsyncSession, typed: str, *, page: int = 1) -> tuple[list[Found], int]:
    """Hits of a page, and how many there are on all pages; nothing typed finds nobody."""
    if not typed:
        return [], 0
    nip = nip_in(typed)
    escaped = "".join(f"!{one}" if one in "!%_" else one for one in (nip or typed).lower())
    values = {"typed": escaped, "most": SIZE, "after": (max(page, 1) - 1) * SIZE}
    rows = [dict(one) for one in (await session.execute(_BY_NIP if nip else _BY_NAME, values)).mappings()]
    if not rows and page > 1:  # past the last page, where no row says how many there are
        return [], (await find(session, typed))[1]
    total = rows[0]["total"] if rows else 0
    return [Found(**{key: value for key, value in one.items() if key != "total"}) for one in rows], total


async def owed_by(session: AsyncSession, person_id: UUID) -> list[Owed]:
    """The most urgent first; without what an anonymous assessor owes, which is named of nobody."""
    values = {"person": person_id, "now": clock(session).now(), "unnamed": [one.value for one in UNNAMED]}
    rows = (await session.execute(_OWED, values)).mappings()
    return [Owed(ObligationKind(one["kind"]), one["due_at"], bool(one["late"])) for one in rows]


async def cycles(session: AsyncSession) -> list[KnownCycle]:
    """The newest first."""
    return [KnownCycle(**one) for one in (await session.execute(_CYCLES)).mappings()]


async def find_by_nip(session: AsyncSession, nip: str) -> UUID | None:
    """Whose NIP that is, blanks in it or not."""
    found: UUID | None = (await session.execute(_BY_WHOLE_NIP, {"nip": "".join(nip.split())})).scalar()
    return found


async def find_by_nips(session: AsyncSession, nips: Sequence[str]) -> dict[str, UUID]:
    """The same of many at once, each by its NIP without blanks; whoever is unknown is left out."""
    rows = await session.execute(_BY_WHOLE_NIPS, {"nips": list(nips)})
    return {one.nip: one.id for one in rows}


async def units(session: AsyncSession) -> list[KnownUnit]:
    """All of the city, by their codes."""
    return [KnownUnit(**one) for one in (await session.execute(_UNITS)).mappings()]
