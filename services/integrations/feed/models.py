"""Rows of the feed and of its chain."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Column, Index, Text, text
from sqlmodel import Field, SQLModel

from kit import columns


class FeedEvent(SQLModel, table=True):
    """A published event as it was and will be sent; rows are only added, in the order of their positions."""

    __tablename__ = "feed"
    __table_args__ = (
        Index("uq_feed_event", "tenant_id", "event_id", unique=True),
        Index("ix_feed_type", "tenant_id", "type", "position"),
        Index("ix_feed_subject", "tenant_id", "subject", "position"),
        Index("ix_feed_person", "tenant_id", "person_id", "position", postgresql_where=text("person_id is not null")),
        Index("ix_feed_time", "tenant_id", "time", "position"),
    )

    tenant_id: str = columns.tenant()
    position: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    """Counts the events of a city without a gap."""
    event_id: UUID = columns.reference()
    type: str = columns.text()
    subject: str = columns.text()
    person_id: UUID | None = columns.reference(nullable=True)
    time: datetime = columns.instant()
    entered_at: datetime = columns.instant()
    digest: str = columns.text()
    hash: str = columns.text()
    body: str = columns.text()
    """The whole CloudEvent, links and all, byte by byte."""
    traceparent: str | None = columns.text(nullable=True)
    """Goes with a delivery and stands in no event: what is in the chain says nothing of how it came about."""


class ChainHead(SQLModel, table=True):
    """The end of a city's public chain; whoever adds to the feed holds its lock."""

    __tablename__ = "feed_heads"

    tenant_id: str = Field(sa_type=Text, primary_key=True)
    position: int = Field(sa_column=Column(BigInteger, nullable=False))
    hash: str = columns.text()
