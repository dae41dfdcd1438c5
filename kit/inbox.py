"""The way in: a consumer claims an event in the same transaction as its effect, so a second delivery does nothing."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Text, func, text
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from kit import columns


class Inbox(SQLModel, table=True):
    """An event that a consumer has dealt with."""

    __tablename__ = "inbox"

    consumer: str = Field(sa_type=Text, primary_key=True)
    event_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    claimed_at: datetime = columns.instant()


_TABLE = columns.table_of(Inbox)
# One statement claims and answers whether it was the first: two deliveries at once cannot both see an empty inbox, the
# second waits at the primary key. Made once, because it runs for every event.
_CLAIM = insert(_TABLE).values(claimed_at=func.now()).on_conflict_do_nothing().returning(_TABLE.c.event_id)


async def first_time(session: AsyncSession, consumer: str, event_id: UUID) -> bool:
    """Claim the event; False if this consumer has had it before."""
    claimed = await session.execute(_CLAIM, {"consumer": consumer, "event_id": event_id})
    return claimed.first() is not None


_CLAIM_ALL = text(
    """
    insert into inbox (consumer, event_id, claimed_at)
    select :consumer, event_id, now() from unnest(cast(:ids as uuid[])) as told (event_id) order by event_id
    on conflict do nothing returning event_id
    """
)


async def first_times(session: AsyncSession, consumer: str, event_ids: Sequence[UUID]) -> set[UUID]:
    """Claim events in one statement; those that this consumer has not had before."""
    claimed = await session.execute(_CLAIM_ALL, {"consumer": consumer, "ids": list(event_ids)})
    return set(claimed.scalars())
