"""Notes a look in the transaction of the reading, by one statement however many people a page shows."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import delete, text
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Relation, Role
from kit.actor import Actor
from kit.db import actor, clock
from kit.lookups.rows import EVERYBODY, NO_FILTER, Lookup

KEPT = timedelta(days=730)
"""A look is of use as long as its cycle may be argued about, and the next one; then nobody needs to know who read what."""
_OFFICES = {
    Role.PERFORMANCE_OFFICE: Relation.OFFICE,
    Role.APPOINTING_AUTHORITY: Relation.APPOINTING,
    Role.AUDITOR: Relation.AUDITOR,
    Role.INTEGRATOR: Relation.INTEGRATOR,
}
# In one order, so that two who read the same people at once never wait for each other. Who leads somebody reads as that,
# whatever office he or she holds besides.
_NOTE = """
insert into lookups (tenant_id, servant_id, looked_on, reader_id, record, filter, cycle_id, role, times, last_at)
select :tenant, one.id, :today, :reader, :record, '', null,
    case when p.rater_id = :reader then 'RATER' when p.authority_id = :reader then 'AUTHORITY' else :role end, 1, :now
from unnest(cast(:people as uuid[])) as one (id)
left join {people} p on p.tenant_id = :tenant and p.id = one.id
order by one.id
on conflict (tenant_id, servant_id, looked_on, reader_id, record, filter)
do update set times = lookups.times + 1, last_at = excluded.last_at, role = excluded.role
"""
_NOTE_LIST = text(
    """
    insert into lookups (tenant_id, servant_id, looked_on, reader_id, record, filter, cycle_id, role, times, last_at)
    values (:tenant, :everybody, :today, :reader, :record, :filter, :cycle_id, :role, 1, :now)
    on conflict (tenant_id, servant_id, looked_on, reader_id, record, filter)
    do update set times = lookups.times + 1, last_at = excluded.last_at, role = excluded.role
    """
)


class Looked(StrEnum):
    """What is read of a person in every service alike."""

    TIMELINE = "TIMELINE"
    """What happened about the person: ``GET /journal?subject=``."""


@dataclass(frozen=True)
class Lookups:
    """The looks of one service."""

    people: str
    """The table of its people, with ``name``, ``rater_id`` and ``authority_id`` of today."""
    mine: str
    """In SQL: the cycles in which the person ``:me`` stands."""
    today: Callable[[AsyncSession], Awaitable[date]]
    """The date in the city's zone."""

    async def note(self, session: AsyncSession, record: StrEnum, people: Iterable[UUID | None]) -> None:
        """The acting person was shown records of these people; one's own are nobody's look."""
        who = actor(session)
        others = sorted({one for one in people if one is not None} - {who.id})
        if others and not who.is_system:
            values = await self._values(session, record) | {"people": others}
            await session.execute(text(_NOTE.format(people=self.people)), values)

    async def note_known(self, session: AsyncSession, record: StrEnum, one: UUID) -> None:
        """The same of a subject that may be no person at all: then nobody is looked at."""
        known = text(f"select 1 from {self.people} where tenant_id = :tenant and id = :one")  # noqa: S608 - our own word
        if (await session.execute(known, {"tenant": actor(session).tenant_id, "one": one})).first() is not None:
            await self.note(session, record, [one])

    async def note_list(
        self,
        session: AsyncSession,
        record: StrEnum,
        people: Sequence[UUID | None],
        *,
        all_for: Sequence[Role],
        cycle_id: UUID | None = None,
        narrowed: bool = False,
    ) -> None:
        """The acting person was shown a page of a list in which everybody stands.

        For whom the list holds everybody (``all_for``) it is one row a list, day and cycle, and no row a person: who leafs
        through a city looks at nobody in particular, and a row for each of a thousand people would tell the same a thousand
        times. A list that was ``narrowed`` to few by another filter, or that holds one's own people alone, is noted by person.
        """
        if narrowed or not any(actor(session).has(role) for role in all_for):
            await self.note(session, record, people)
        elif people:
            by_cycle = NO_FILTER if cycle_id is None else f"cycle_id={cycle_id}"
            whole = {"everybody": EVERYBODY, "filter": by_cycle, "cycle_id": cycle_id}
            await session.execute(_NOTE_LIST, await self._values(session, record) | whole)

    async def forget(self, session: AsyncSession) -> None:
        """Delete what is older than ``KEPT``."""
        until = clock(session).now().date() - KEPT
        await session.execute(delete(Lookup).where(col(Lookup.looked_on) < until))

    async def _values(self, session: AsyncSession, record: StrEnum) -> dict[str, object]:
        who = actor(session)
        return {
            "tenant": who.tenant_id,
            "today": await self.today(session),
            "reader": who.id,
            "record": record.value,
            "role": _office(who),
            "now": clock(session).now(),
        }


def _office(who: Actor) -> str:
    return next((relation.value for role, relation in _OFFICES.items() if who.has(role)), "")
