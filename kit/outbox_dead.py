"""Events that can never be sent, set aside with the reason so that they stop nobody else."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Column, func
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlmodel import Field, SQLModel

from kit import columns


class OutboxDead(SQLModel, table=True):
    """An event the broker refused for good, e.g. because it is too large."""

    __tablename__ = "outbox_dead"

    id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    event_id: UUID = columns.reference()
    tenant_id: str = columns.text()
    topic: str = columns.text()
    key: str = columns.text()
    type: str = columns.text()
    subject: str = columns.text()
    actor: str = columns.text()
    reason: str | None = columns.text(nullable=True)
    body: str = columns.text()
    time: datetime = columns.instant()
    error: str = columns.text()
    set_aside_at: datetime | None = Field(
        default=None, sa_column=Column(TIMESTAMP(timezone=True), nullable=False, server_default=func.now())
    )
