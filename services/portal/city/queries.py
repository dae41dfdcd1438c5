"""Units in the copies: how many people each has in a cycle, who owes something that is overdue, and what a week held."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.obligations import UNNAMED
from kit.db import clock

SMALLEST = 5
"""People of whom the leadership reads numbers, as the services have it."""
_DAYS = timedelta(days=7)
# A plain sequence of aggregates over what is open and overdue; nobody is named.
_LATE = text("""
select m.unit_id as id, coalesce(min(u.name), '') as name, count(distinct m.servant_id) as people,
    count(distinct m.servant_id) filter (where d.id is not null) as late, count(d.id) as overdue,
    min(d.due_at) as since
from directory_members m
left join directory_units u on u.tenant_id = m.tenant_id and u.id = m.unit_id
left join duties d on d.tenant_id = m.tenant_id and d.debtor_id = m.servant_id and d.cycle_id = m.cycle_id
    and d.state = 'OPEN' and d.opened_at is not null and d.due_at < :now and d.kind <> all(:unnamed)
where m.cycle_id = :cycle
group by m.unit_id order by name, id limit 5000
""")
# What was due in the days before now and what will be in those after it; what has lapsed was not done either.
_WEEK = text("""
select m.unit_id as id, coalesce(min(u.name), '') as name, count(distinct m.servant_id) as people,
    count(d.id) filter (where d.due_at < :now and d.state = 'DONE' and not d.late) as in_time,
    count(d.id) filter (where d.due_at < :now and d.state = 'DONE' and d.late) as done_late,
    count(d.id) filter (where d.due_at < :now and d.state <> 'DONE') as not_done,
    count(d.id) filter (where d.due_at >= :now and d.state = 'OPEN') as coming
from directory_members m
left join directory_units u on u.tenant_id = m.tenant_id and u.id = m.unit_id
left join duties d on d.tenant_id = m.tenant_id and d.debtor_id = m.servant_id and d.cycle_id = m.cycle_id
    and d.state in ('OPEN', 'DONE', 'LAPSED') and d.opened_at is not null and d.kind <> all(:unnamed)
    and d.due_at >= :since and d.due_at < :until
where m.cycle_id = :cycle
group by m.unit_id order by name, id limit 5000
""")


@dataclass(frozen=True, slots=True)
class UnitLate:
    """One unit; of a hidden one no number is shown."""

    id: str
    name: str
    people: int
    late: int
    """People who owe something that is overdue."""
    overdue: int
    since: datetime | None
    """Since when the oldest of it is overdue."""
    hidden: bool


async def late_by_unit(session: AsyncSession, cycle_id: UUID | str) -> list[UnitLate]:
    """Every unit of the cycle, by name."""
    values = {"cycle": UUID(str(cycle_id)), "now": clock(session).now(), "unnamed": [one.value for one in UNNAMED]}
    rows = [dict(one) for one in (await session.execute(_LATE, values)).mappings()]
    small = too_small({str(one["id"]): one["people"] for one in rows})
    return [UnitLate(**{**one, "id": str(one["id"]), "hidden": str(one["id"]) in small}) for one in rows]


@dataclass(frozen=True, slots=True)
class UnitWeek:
    """What one unit's people had to do in the last week, and have to in the next; of a hidden one no number is shown."""

    id: str
    name: str
    people: int
    in_time: int
    done_late: int
    not_done: int
    coming: int
    hidden: bool


@dataclass(frozen=True, slots=True)
class Week:
    """The seven days before a moment and the seven after it, by unit."""

    now: datetime
    since: datetime
    until: datetime
    units: list[UnitWeek]


async def week_by_unit(session: AsyncSession, cycle_id: UUID | str) -> Week:
    """Every unit of the cycle, by name, around this moment."""
    now = clock(session).now()
    since, until = now - _DAYS, now + _DAYS
    values = {"cycle": UUID(str(cycle_id)), "now": now, "since": since, "until": until}
    unnamed = [one.value for one in UNNAMED]
    rows = [dict(one) for one in (await session.execute(_WEEK, {**values, "unnamed": unnamed})).mappings()]
    small = too_small({str(one["id"]): one["people"] for one in rows})
    units = [UnitWeek(**{**one, "id": str(one["id"]), "hidden": str(one["id"]) in small}) for one in rows]
    return Week(now, since, until, units)


def too_small(sizes: Mapping[str, int]) -> frozenset[str]:
    """Units below the minimum; where that is one alone the next larger one too, or it were the rest of the whole."""
    small = [unit for unit, people in sizes.items() if people < SMALLEST]
    others = sorted((people, unit) for unit, people in sizes.items() if people >= SMALLEST)
    return frozenset(small + ([others[0][1]] if len(small) == 1 and others else []))
