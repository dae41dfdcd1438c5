"""Whom somebody may name in a form: those of the own unit, who leads, who is led; others by their whole name."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

_NEAR = text("""
select p.id, p.name, p.position
from directory_people me
join directory_people p on p.tenant_id = me.tenant_id and p.active and p.id <> me.id
    and (p.unit_id = me.unit_id or p.id in (me.rater_id, me.authority_id) or me.id in (p.rater_id, p.authority_id))
where me.id = :person
order by p.name, p.id
limit 300
""")
_NAMED = text("""
select id, name, position from directory_people
where active and id <> :person and lower(name) = any(:names)
order by id limit 20
""")


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody as a list of suggestions shows him or her."""

    id: UUID
    name: str
    position: str

    @property
    def label(self) -> str:
        """Name and position, by which the form finds the person again."""
        return f"{self.name}, {self.position}"


async def near(session: AsyncSession, person_id: UUID) -> list[Named]:
    """The people around a person, by name."""
    return [Named(**row) for row in (await session.execute(_NEAR, {"person": person_id})).mappings()]


async def named(session: AsyncSession, person_id: UUID, typed: str) -> list[Named]:
    """Whom the reader means: a label of :func:`near`, or a whole name; several where a name is not unique."""
    around = await near(session, person_id)
    if exact := [one for one in around if one.label.casefold() == typed.casefold()]:
        return exact
    if called := [one for one in around if one.name.casefold() == typed.casefold()]:
        return called
    # A name may hold commas before its degrees; a label has one more, before the position.
    names = [typed.casefold().strip(), typed.casefold().rpartition(",")[0].strip()]
    rows = await session.execute(_NAMED, {"person": person_id, "names": names})
    return [Named(**row) for row in rows.mappings()]
