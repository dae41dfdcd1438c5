"""Notes who reads records about others, by day and with a count, and what an assistant entered for somebody."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.assistance import EnteredOnBehalf
from contracts.base import new_id
from directory import queries
from kit.db import actor, clock
from obligations.legal_dates import local_date
from services.feedback.file.models import AssistedEntry
from services.feedback.file.rules import Record

# In one order, so that two who read the same people at once never wait for each other; one statement for a whole page.
_NOTE = text(
    """
    insert into lookups (tenant_id, servant_id, looked_on, reader_id, record, times, last_at)
    select :tenant, person, :looked_on, :reader, :record, 1, :now
    from unnest(cast(:people as uuid[])) as person order by person
    on conflict (tenant_id, servant_id, looked_on, reader_id, record)
    do update set times = lookups.times + 1, last_at = excluded.last_at
    """
)


async def note(session: AsyncSession, record: Record, people: Iterable[UUID]) -> None:
    """The acting person was shown records of these people; one's own are nobody's look-up."""
    reader = actor(session).id
    others = sorted(set(people) - {reader})
    if not others:
        return
    now = clock(session).now()
    values = {
        "tenant": actor(session).tenant_id,
        "looked_on": local_date(now, await queries.calendar(session)),
        "reader": reader,
        "record": record.value,
        "now": now,
        "people": others,
    }
    await session.execute(_NOTE, values)


async def keep_entry(session: AsyncSession, event: EnteredOnBehalf) -> None:
    """An assistant entered something for a person, who finds it in the own file."""
    entry = AssistedEntry(
        tenant_id=event.tenant_id,
        id=new_id(),
        servant_id=event.servant_id,
        assistant_id=event.assistant_id,
        act=event.act,
        entered_at=clock(session).now(),
    )
    session.add(entry)
