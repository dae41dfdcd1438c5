"""What the copies know of a branch: by unit, by rater, and what its raters owe.

What anonymous assessors owe is named of nobody and counted nowhere here (``contracts.obligations.UNNAMED``).
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.obligations import UNNAMED, ObligationKind
from kit.db import clock

_COUNTS = """
count(*) as people,
    count(*) filter (where s.plan_state = 'SET') as plans,
    count(*) filter (where s.report_state is not null) as reports,
    count(*) filter (where s.rating_state is not null) as ratings,
    count(*) filter (where s.result_state is not null) as results,
    count(*) filter (where exists (
        select from duties o where o.tenant_id = m.tenant_id and o.debtor_id = m.servant_id and o.cycle_id = m.cycle_id
            and o.state = 'OPEN' and o.opened_at is not null and o.due_at < :now and o.kind <> all(:unnamed))) as late
from directory_members m
left join standings s on (s.tenant_id, s.cycle_id, s.servant_id) = (m.tenant_id, m.cycle_id, m.servant_id)
"""
_UNITS = text(f"""
select m.unit_id as id, coalesce(min(u.name), '') as name, {_COUNTS}
left join directory_units u on u.tenant_id = m.tenant_id and u.id = m.unit_id
where m.cycle_id = :cycle and m.authority_id = :authority
group by m.unit_id order by name, id limit 500
""")
_RATERS = text(f"""
select m.rater_id as id, coalesce(min(p.name), '') as name, {_COUNTS}
left join directory_people p on p.tenant_id = m.tenant_id and p.id = m.rater_id
where m.cycle_id = :cycle and m.authority_id = :authority and m.rater_id is not null
group by m.rater_id order by name, id limit 500
""")
# The oldest of each rater with how many there are: cut by the whole branch, a rater beyond the end would owe nothing.
_OWED = text("""
select o.id, o.kind, o.due_at, o.due_at < :now as late, o.debtor_id, a.name as about, o.total
from (
    select d.*, row_number() over (partition by d.debtor_id order by d.due_at, d.id) as place,
        count(*) over (partition by d.debtor_id) as total
    from duties d
    where d.cycle_id = :cycle and d.state = 'OPEN' and d.opened_at is not null and d.kind <> all(:unnamed)
        and d.debtor_id in (
            select rater_id from directory_members
            where cycle_id = :cycle and authority_id = :authority and rater_id is not null)) o
left join directory_people a on a.tenant_id = o.tenant_id and a.id = o.about_id
where o.place <= :oldest
order by o.due_at, o.id
""")
OLDEST = 3
"""Duties of a rater that are named; of the others it is said how many they are."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A unit or a rater of the branch, with how far its people are."""

    id: UUID
    name: str
    people: int
    plans: int
    reports: int
    ratings: int
    results: int
    late: int


@dataclass(frozen=True, slots=True)
class Owed:
    """Something that a rater of the branch owes."""

    id: UUID
    kind: ObligationKind
    due_at: datetime
    late: bool
    debtor_id: UUID
    about: str | None
    total: int
    """Of all that this rater owes."""


def _values(session: AsyncSession, cycle_id: UUID, authority_id: UUID) -> dict[str, object]:
    unnamed = [one.value for one in UNNAMED]
    return {"cycle": cycle_id, "authority": authority_id, "now": clock(session).now(), "unnamed": unnamed}


async def units(session: AsyncSession, cycle_id: UUID, authority_id: UUID) -> list[Counted]:
    """Units with people of the branch, by name."""
    return [
        Counted(**one) for one in (await session.execute(_UNITS, _values(session, cycle_id, authority_id))).mappings()
    ]


async def raters(session: AsyncSession, cycle_id: UUID, authority_id: UUID) -> list[Counted]:
    """Who rates in the branch, by name."""
    return [
        Counted(**one) for one in (await session.execute(_RATERS, _values(session, cycle_id, authority_id))).mappings()
    ]


async def owed_by_raters(session: AsyncSession, cycle_id: UUID, authority_id: UUID) -> list[Owed]:
    """The oldest few of every rater, the most urgent first."""
    values = _values(session, cycle_id, authority_id) | {"oldest": OLDEST}
    rows = (await session.execute(_OWED, values)).mappings()
    return [Owed(**{**one, "kind": ObligationKind(one["kind"]), "late": bool(one["late"])}) for one in rows]
