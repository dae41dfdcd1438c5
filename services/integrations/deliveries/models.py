"""Rows of deliveries and of their attempts."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Index, SmallInteger, text
from sqlmodel import Field, SQLModel

from kit import columns
from services.integrations.deliveries.rules.states import DeliveryState


class Delivery(SQLModel, table=True):
    """One message to one endpoint; sent once more on request it is another row with the same ``event_id``."""

    __tablename__ = "webhook_deliveries"
    __table_args__ = (
        columns.one_of("state", DeliveryState, "ck_webhook_deliveries_state"),
        Index("uq_webhook_deliveries_once", "tenant_id", "endpoint_id", "event_id", "replay", unique=True),
        Index("ix_webhook_deliveries_endpoint", "tenant_id", "endpoint_id", "seq"),
        Index(
            "ix_webhook_deliveries_waiting",
            "tenant_id",
            "endpoint_id",
            "subject",
            "seq",
            postgresql_where=text("state = 'PENDING'"),
        ),
        Index(
            "ix_webhook_deliveries_due",
            "tenant_id",
            "endpoint_id",
            "next_at",
            "seq",
            postgresql_where=text("state = 'PENDING' AND next_at IS NOT NULL"),
        ),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    seq: int = Field(
        default=None, sa_column=Column(BigInteger, nullable=False, server_default=text("nextval('delivery_seq')"))
    )
    """Of one subject and endpoint a later one waits for the earlier ones."""
    endpoint_id: UUID = columns.reference()
    event_id: UUID = columns.reference()
    """The ``webhook-id``, the same however often it is sent."""
    position: int | None = Field(default=None, sa_column=Column(BigInteger, nullable=True))
    """Of the feed, where its body lies; a ping has its own."""
    type: str = columns.text()
    subject: str = columns.text()
    body: str | None = columns.text(nullable=True)
    traceparent: str | None = columns.text(nullable=True)
    """Of a ping; of what lies in the feed it lies there."""
    replay: int = 0
    state: str = columns.text()
    attempts: int = Field(default=0, sa_type=SmallInteger)
    next_at: datetime | None = columns.instant(nullable=True)
    """None while an earlier message of the subject waits, and when nothing is left to do."""
    created_at: datetime = columns.instant()
    delivered_at: datetime | None = columns.instant(nullable=True)


class Attempt(SQLModel, table=True):
    """What was sent once, and what was answered."""

    __tablename__ = "webhook_attempts"
    __table_args__ = (Index("ix_webhook_attempts_delivery", "tenant_id", "delivery_id", "number"),)

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    delivery_id: UUID = columns.reference()
    number: int = Field(sa_type=SmallInteger)
    at: datetime = columns.instant()
    url: str = columns.text()
    headers: dict[str, Any] = columns.document()
    status: int | None = Field(default=None, sa_column=Column(SmallInteger, nullable=True))
    answer: str = columns.text()
    error: str | None = columns.text(nullable=True)
    milliseconds: int
