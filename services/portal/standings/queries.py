"""Rows of a cycle: by rater, authority, unit, state or lateness, sorted, a page at a time, with how many there are."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.obligations import UNNAMED, ObligationKind
from kit.db import clock

SORTS = {
    "due": "due_at nulls last, name, servant_id",
    "name": "name, servant_id",
    "unit": "unit, name, servant_id",
    "plan": "plan_state nulls first, name, servant_id",
    "result": "result_state nulls first, name, servant_id",
}
PLAN_STATES = ("NONE", "DRAFT", "PROPOSED", "RETURNED", "SET")
_ROWS = """
select m.servant_id, m.appraisal_id, m.unit_id, m.rater_id, m.authority_id, coalesce(p.name, '') as name,
    coalesce(p.nip, '') as nip, coalesce(u.name, '') as unit, r.name as rater, s.plan_id,
    coalesce(s.plan_state, 'NONE') as plan_state, s.report_period, s.report_state, s.rating_state, s.result_id,
    s.result_state, d.kind as duty, d.due_at, coalesce(d.due_at < :now, false) as late, count(*) over () as total
from directory_members m
left join standings s on (s.tenant_id, s.cycle_id, s.servant_id) = (m.tenant_id, m.cycle_id, m.servant_id)
left join directory_people p on p.tenant_id = m.tenant_id and p.id = m.servant_id
left join directory_people r on r.tenant_id = m.tenant_id and r.id = m.rater_id
left join directory_units u on u.tenant_id = m.tenant_id and u.id = m.unit_id
left join lateral (
    select o.kind, o.due_at from duties o
    where o.tenant_id = m.tenant_id and o.debtor_id = m.servant_id and o.cycle_id = m.cycle_id and o.state = 'OPEN'
        and o.opened_at is not null and o.kind <> all(:unnamed)
    order by o.due_at, o.id limit 1) d on true
where m.cycle_id = :cycle
    and (cast(:rater as uuid) is null or m.rater_id = :rater)
    and (cast(:authority as uuid) is null or m.authority_id = :authority)
    and (cast(:unit as uuid) is null or m.unit_id = :unit)
    and (cast(:plan_state as text) is null or coalesce(s.plan_state, 'NONE') = :plan_state)
    and (not :late or d.due_at < :now)
order by {order}
limit :most offset :after
"""
_STATEMENTS = {name: text(_ROWS.format(order=order)) for name, order in SORTS.items()}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows; None is all."""

    cycle_id: UUID
    rater_id: UUID | None = None
    authority_id: UUID | None = None
    unit_id: UUID | None = None
    plan_state: str | None = None
    late: bool = False
    """Those alone who owe something whose due date is past."""
    sort: str = "due"


@dataclass(frozen=True, slots=True)
class Row:
    """One member of the cycle, with the oldest thing that he or she owes in it; never what an anonymous assessor owes."""

    servant_id: UUID
    appraisal_id: UUID
    unit_id: UUID
    rater_id: UUID | None
    authority_id: UUID | None
    name: str
    nip: str
    unit: str
    rater: str | None
    plan_id: UUID | None
    plan_state: str
    report_period: int | None
    report_state: str | None
    rating_state: str | None
    result_id: UUID | None
    result_state: str | None
    duty: ObligationKind | None
    due_at: datetime | None
    late: bool


@dataclass(frozen=True, slots=True)
class Rows:
    """A page of them; ``total`` counts all pages, beyond the last too."""

    rows: list[Row]
    total: int


async def standings(session: AsyncSession, wanted: Wanted, *, page: int = 1, size: int = 50) -> Rows:
    """A page, from 1; an unknown sort is by due date."""
    statement = _STATEMENTS.get(wanted.sort, _STATEMENTS["due"])
    values = {
        "cycle": wanted.cycle_id,
        "rater": wanted.rater_id,
        "authority": wanted.authority_id,
        "unit": wanted.unit_id,
        "plan_state": wanted.plan_state,
        "late": wanted.late,
        "now": clock(session).now(),
        "unnamed": [one.value for one in UNNAMED],
        "most": size,
        "after": (max(page, 1) - 1) * size,
    }
    found = [dict(one) for one in (await session.execute(statement, values)).mappings()]
    if not found and page > 1:  # past the last page, where no row says how many there are
        return Rows([], (await standings(session, wanted, size=1)).total)
    total = found[0]["total"] if found else 0
    for one in found:
        del one["total"]
        one["duty"] = ObligationKind(one["duty"]) if one["duty"] else None
    return Rows([Row(**one) for one in found], total)
