"""A city's cycles in numbers, counted inside the city; and what an official of the province reads of all cities."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, func, select, text
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.obligations import UNNAMED
from kit.keyset import Found, Window, read
from services.evaluation.appraisals.rules.states import AppraisalState
from services.evaluation.cycles.rules.states import CycleState
from services.evaluation.provinces.models import CityFigures, ProvinceOfficial

# Each table is read once for all cycles that may have changed since: what is over and told stays as it was told. What
# anonymous assessors owe is left out: when it is done is nobody's to see.
_COUNTED = text(
    """
    with counting as (
        select c.* from cycles c
        where c.state = :open or cast(:since as timestamptz) is null or coalesce(c.closed_at, c.opened_at) >= :since
    ),
    people as (
        select a.cycle_id, count(*) as people, count(*) filter (where a.state <> :unrated) as rated,
            count(*) filter (where a.state = any(cast(:issued as text[]))) as issued,
            count(*) filter (where a.state = :final) as final
        from appraisals a join counting c on c.tenant_id = a.tenant_id and c.id = a.cycle_id group by a.cycle_id
    ),
    owed as (
        select o.cycle_id, count(*) as ended,
            count(*) filter (where o.state = 'DONE' and o.closed_at <= o.due_at) as in_time
        from obligations o join counting c on c.tenant_id = o.tenant_id and c.id = o.cycle_id
        where o.state in ('DONE', 'LAPSED') and o.kind <> all(cast(:unnamed as text[])) group by o.cycle_id
    )
    select c.id as cycle_id, c.name, c.scope, c.period_start, c.period_end, c.state, c.paused_at,
        h.phase, h.due_at as phase_due_at, coalesce(p.people, 0) as people, coalesce(p.rated, 0) as rated,
        coalesce(p.issued, 0) as issued, coalesce(p.final, 0) as final, coalesce(o.ended, 0) as ended,
        coalesce(o.in_time, 0) as in_time, r.predicates, r.people as results,
        (select u.name from directory_units u where u.parent_id is null and u.active order by u.code limit 1) as city_name
    from counting c
    left join people p on p.cycle_id = c.id
    left join owed o on o.cycle_id = c.id
    left join public_reports r on r.tenant_id = c.tenant_id and r.cycle_id = c.id
    left join lateral (
        select ph.phase, ph.due_at from cycle_phases ph
        where ph.tenant_id = c.tenant_id and ph.cycle_id = c.id and ph.opened_at is not null and ph.closed_at is null
            and c.state = :open
        order by ph.ordinal limit 1
    ) h on true
    """
)
_COUNTING = {
    "open": CycleState.OPEN.value,
    "unrated": AppraisalState.OPEN.value,
    "issued": [one.value for one in (AppraisalState.ISSUED, AppraisalState.RECEIVED, AppraisalState.FINAL)],
    "final": AppraisalState.FINAL.value,
    "unnamed": [kind.value for kind in UNNAMED],
}


async def counted(session: AsyncSession, *, since: datetime | None) -> Sequence[Row[Any]]:
    """The city's cycles that run, or ended since then; all of them where nothing was told before."""
    return (await session.execute(_COUNTED, _COUNTING | {"since": since})).all()


async def last_told(session: AsyncSession, city: str) -> tuple[bool, datetime | None]:
    """Whether anybody reads this city now, and when its figures were told last; in the province's transaction."""
    looking = select(
        select(ProvinceOfficial)
        .where(col(ProvinceOfficial.city) == city, col(ProvinceOfficial.active))
        .exists()
        .label("read"),
        select(func.max(col(CityFigures.told_at))).where(col(CityFigures.city) == city).scalar_subquery(),
    )
    row = (await session.execute(looking)).one()
    return bool(row[0]), row[1]


async def cities(session: AsyncSession, person_id: UUID, *, window: Window) -> Found[CityFigures]:
    """A page of what the cities show that have declared this person, by city and cycle."""
    declared = and_(
        col(ProvinceOfficial.tenant_id) == col(CityFigures.tenant_id),
        col(ProvinceOfficial.city) == col(CityFigures.city),
        col(ProvinceOfficial.person_id) == person_id,
        col(ProvinceOfficial.active),
    )
    looking = select(CityFigures).join(ProvinceOfficial, declared)
    return await read(session, looking, col(CityFigures.city), col(CityFigures.cycle_id), window=window)
