"""Notes who reads records about others and forgets it in time; keeps what an assistant entered for somebody."""

from collections.abc import Iterable
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.assistance import EnteredOnBehalf
from contracts.base import new_id
from directory.lookups import lookups
from kit.db import clock
from services.feedback.file.models import AssistedEntry
from services.feedback.file.rules import Record

LOOKUPS = lookups()


async def note(session: AsyncSession, record: Record, people: Iterable[UUID]) -> None:
    """The acting person was shown records of these people: by person, since few people stand in a list here."""
    await LOOKUPS.note(session, record, people)


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
