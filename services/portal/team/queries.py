"""The cycles in which somebody leads, and whose plans wait there."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from services.portal.names.people import Named

_LED = text("""
select c.id, c.name, c.period_start, c.period_end, c.closed, m.leads, m.reviews,
    coalesce(cast(c.policy #>> '{features,daily_log}' as boolean), false) as daily_log
from (
    select cycle_id, bool_or(rater_id = :person) as leads, bool_or(authority_id = :person) as reviews
    from directory_members where rater_id = :person or authority_id = :person group by cycle_id) m
join directory_cycles c on c.id = m.cycle_id
order by c.period_start desc, c.id
limit 100
""")


_TEAM = text("""
select distinct p.id, p.name, p.position
from directory_members m
join directory_cycles c on c.tenant_id = m.tenant_id and c.id = m.cycle_id and not c.closed
join directory_people p on p.tenant_id = m.tenant_id and p.id = m.servant_id
where m.rater_id = :person
order by p.name, p.id
limit 300
""")


@dataclass(frozen=True, slots=True)
class TeamCycle:
    """A cycle with what the reader is in it."""

    id: UUID
    name: str
    period_start: date
    period_end: date
    closed: bool
    leads: bool
    reviews: bool
    daily_log: bool


async def led_cycles(session: AsyncSession, person_id: UUID) -> list[TeamCycle]:
    """The newest first."""
    rows = (await session.execute(_LED, {"person": person_id})).mappings()
    return [
        TeamCycle(**row | {"leads": bool(row["leads"]), "reviews": bool(row["reviews"])}) for row in map(dict, rows)
    ]


async def team_of(session: AsyncSession, person_id: UUID) -> list[Named]:
    """Whom the person rates in any cycle that is not closed, by name: the suggestions of forms about one of the team."""
    return [Named(**row) for row in (await session.execute(_TEAM, {"person": person_id})).mappings()]
