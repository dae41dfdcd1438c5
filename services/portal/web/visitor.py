"""What the copies know of whoever signs in: for the header, the language and the sections, for no permission."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

_VISITOR = text("""
select p.name, p.language, coalesce(p.nip, '') <> '' as servant, coalesce(c.name, '') as place, coalesce(k.calendar ->> 'zone', 'Asia/Jakarta') as zone,
    exists (select from directory_people r where r.rater_id = :id and r.active)
        or exists (select from directory_members m where m.rater_id = :id) as leads,
    exists (select from directory_people r where r.authority_id = :id and r.active) as reviews
from (select 1) one
left join directory_people p on p.id = :id
left join lateral (select name from directory_units where parent_id is null order by code limit 1) c on true
left join directory_calendars k on true
""")


@dataclass(frozen=True, slots=True)
class Visitor:
    """A person as the pages greet him or her."""

    name: str
    language: str
    place: str
    zone: str
    servant: bool
    """A civil servant of the city; not somebody who signs in by an account alone."""
    leads: bool
    """Rates somebody."""
    reviews: bool
    """Is the reviewing authority of somebody."""


async def visitor(session: AsyncSession, person_id: UUID) -> Visitor:
    """Whoever is not known (yet) has no name, and reads Indonesian."""
    row = (await session.execute(_VISITOR, {"id": person_id})).one()
    return Visitor(row.name or "", row.language or "id", row.place, row.zone, row.servant, row.leads, row.reviews)
