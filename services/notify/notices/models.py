"""Rows of notices and their deliveries."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, SmallInteger, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from kit import columns


class Notice(SQLModel, table=True):
    """What one person was notified of about one event; once, however often the event arrives."""

    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("tenant_id", "person_id", "event_id", "template", name="uq_notices_once"),
        Index("ix_notices_inbox", "tenant_id", "person_id", "id"),
        Index("ix_notices_unread", "tenant_id", "person_id", postgresql_where=text("read_at is null")),
        Index("ix_notices_cycle", "tenant_id", "cycle_id"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    person_id: UUID = columns.reference()
    cycle_id: UUID | None = columns.reference(nullable=True)
    event_id: UUID = columns.reference()
    about_type: str = columns.text()
    """CloudEvents type of the event."""
    about_id: UUID | None = columns.reference(nullable=True)
    template: str = columns.text()
    params: dict[str, Any] = columns.document()
    language: str = columns.text()
    subject: str = columns.text()
    body: str = columns.text()
    created_at: datetime = columns.instant()
    read_at: datetime | None = columns.instant(nullable=True)


class Delivery(SQLModel, table=True):
    """One notice on one channel."""

    __tablename__ = "deliveries"
    __table_args__ = (
        CheckConstraint("channel in ('INBOX', 'EMAIL')", name="ck_deliveries_channel"),
        CheckConstraint("state in ('PENDING', 'SENT', 'FAILED')", name="ck_deliveries_state"),
        Index("ix_deliveries_notice", "tenant_id", "notice_id"),
        Index("ix_deliveries_state", "tenant_id", "state", "id"),
        Index("ix_deliveries_waiting", "tenant_id", "next_at", postgresql_where=text("state = 'PENDING'")),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    notice_id: UUID = columns.reference()
    channel: str = columns.text()
    address: str = columns.text()
    state: str = columns.text()
    attempts: int = Field(default=0, sa_type=SmallInteger)
    next_at: datetime | None = columns.instant(nullable=True)
    """When it may be tried, on the wall: mail servers do not follow a scaled clock."""
    error: str | None = columns.text(nullable=True)
    sent_at: datetime | None = columns.instant(nullable=True)
