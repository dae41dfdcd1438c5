"""Events that an earlier relay set aside as too large; nothing is any more (``kit.outbox`` refuses, ``kit.relay`` waits)."""

from datetime import datetime

from sqlalchemy import BigInteger, Column, func
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlmodel import Field

from kit import columns
from kit.envelope import Envelope


class OutboxDead(Envelope, table=True):
    """An event that was never sent: `verify` counts it as missing."""

    __tablename__ = "outbox_dead"

    id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    error: str = columns.text()
    set_aside_at: datetime | None = Field(
        default=None, sa_column=Column(TIMESTAMP(timezone=True), nullable=False, server_default=func.now())
    )
