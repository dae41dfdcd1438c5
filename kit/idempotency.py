"""Answers kept under an Idempotency-Key, in the transaction of the write itself."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, SmallInteger, Text, func, select, update
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, SQLModel, col
from sqlmodel.ext.asyncio.session import AsyncSession

from kit import columns
from kit.actor import Actor
from kit.errors import Refused


class Answer(SQLModel, table=True):
    """What was answered to one request of one person."""

    __tablename__ = "answers"

    tenant_id: str = columns.tenant()
    actor_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    key: str = Field(sa_type=Text, primary_key=True)
    request: str = columns.text()
    """Hash of method, path, query and body, so that a key is not used for something else."""
    status: int | None = Field(default=None, sa_type=SmallInteger, nullable=True)
    body: str | None = columns.text(nullable=True)
    asked_at: datetime = columns.instant()


async def claim(session: AsyncSession, actor: Actor, key: str, request: str) -> Answer | None:
    """Claim the key, or return what was answered under it; a concurrent twin waits for the first one's commit.

    Raises Refused if the key was used for another request. A refused request leaves no trace: it is judged anew.
    """
    # Insert and see, not look and insert: a twin that arrives meanwhile waits at the primary key until the first one has
    # committed (then it finds the answer) or rolled back (then the claim is its own).
    claiming = (
        insert(Answer)
        .values(tenant_id=actor.tenant_id, actor_id=actor.id, key=key, request=request, asked_at=func.now())
        .on_conflict_do_nothing()
        .returning(col(Answer.key))
    )
    if (await session.execute(claiming)).first() is not None:
        return None
    # A statement of its own: under READ COMMITTED it sees what the transaction that was waited for has committed.
    stored = (await session.scalars(select(Answer).where(_is(actor, key)))).one()
    if stored.request != request:
        raise Refused(
            "this Idempotency-Key was used for another request: make a new key",
            "Idempotency-Key ini sudah dipakai untuk permintaan lain: buat kunci baru",
        )
    return stored


async def keep(session: AsyncSession, actor: Actor, key: str, status: int, body: bytes) -> None:
    """Store what is about to be answered."""
    await session.execute(update(Answer).where(_is(actor, key)).values(status=status, body=body.decode()))


def _is(actor: Actor, key: str) -> ColumnElement[bool]:
    return (col(Answer.tenant_id) == actor.tenant_id) & (col(Answer.actor_id) == actor.id) & (col(Answer.key) == key)
