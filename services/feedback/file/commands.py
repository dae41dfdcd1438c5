"""Notes who reads records about others, and forgets it in time."""

from collections.abc import Iterable
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from directory.lookups import lookups
from services.feedback.file.rules import Record

LOOKUPS = lookups()


async def note(session: AsyncSession, record: Record, people: Iterable[UUID]) -> None:
    """The acting person was shown records of these people: by person, since few people stand in a list here."""
    await LOOKUPS.note(session, record, people)
