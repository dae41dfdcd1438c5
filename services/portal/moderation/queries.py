"""Names for what findings are about: the person of an appraisal, a unit."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

_RATED = text("""
select m.appraisal_id, m.servant_id, coalesce(p.name, '') as name, coalesce(u.name, '') as unit
from directory_members m
left join directory_people p on p.tenant_id = m.tenant_id and p.id = m.servant_id
left join directory_units u on u.tenant_id = m.tenant_id and u.id = m.unit_id
where m.appraisal_id = any(:ids)
""")
_UNITS = text("select id, name from directory_units where id = any(:ids)")


@dataclass(frozen=True, slots=True)
class RatedPerson:
    """Whose appraisal it is."""

    servant_id: UUID
    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class Subjects:
    """By id as text; what is not known is left out."""

    people: dict[str, RatedPerson] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)


async def subjects(session: AsyncSession, appraisals: Iterable[str | None], units: Iterable[str | None]) -> Subjects:
    """Of all findings of a page, in two statements."""
    rated = await session.execute(_RATED, {"ids": [UUID(one) for one in appraisals if one]})
    named = await session.execute(_UNITS, {"ids": [UUID(one) for one in units if one]})
    return Subjects(
        {str(row.appraisal_id): RatedPerson(row.servant_id, row.name, row.unit) for row in rated},
        {str(row.id): row.name for row in named},
    )
