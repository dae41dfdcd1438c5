"""The way in: a consumer claims an event in the same transaction as its effect, so a second delivery does nothing."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Text, func
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, SQLModel, col
from sqlmodel.ext.asyncio.session import AsyncSession

from kit import columns


class Inbox(SQLModel, table=True):
    """An event that a consumer has dealt with."""

    __tablename__ = "inbox"

    consumer: str = Field(sa_type=Text, primary_key=True)
    event_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    claimed_at: datetime = columns.instant()


async def first_time(session: AsyncSession, consumer: str, event_id: UUID) -> bool:
    """Claim the event; False if this consumer has had it before."""
    claim = (
        insert(Inbox)
        .values(consumer=consumer, event_id=event_id, claimed_at=func.now())
        .on_conflict_do_nothing()
        .returning(col(Inbox.event_id))
    )
    return (await session.execute(claim)).first() is not None
