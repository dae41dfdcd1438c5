"""Rows of endpoints."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Column, Index, LargeBinary
from sqlmodel import Field, SQLModel

from kit import columns
from services.integrations.endpoints.rules.giving_up import EndpointState


class Endpoint(SQLModel, table=True):
    """Where one machine wants to be told, and of what."""

    __tablename__ = "endpoints"
    __table_args__ = (
        columns.one_of("state", EndpointState, "ck_endpoints_state"),
        Index("ix_endpoints_owner", "tenant_id", "owner_id", "id"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    owner_id: UUID = columns.reference()
    """The machine's account; without its role nothing is sent."""
    url: str = columns.text()
    description: str = columns.text()
    types: list[str] = columns.texts()
    """CloudEvents types; each was open to the owner's scopes when it was chosen."""
    state: str = columns.text()
    position: int = Field(sa_column=Column(BigInteger, nullable=False))
    """Of the feed: so far it has been made into deliveries."""
    replays: int = 0
    secret: bytes = Field(sa_type=LargeBinary)
    """Sealed (``endpoints/rules/sealing.py``)."""
    former_secret: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))
    former_until: datetime | None = columns.instant(nullable=True)
    """By the wall's clock, as all times of webhooks."""
    failing_since: datetime | None = columns.instant(nullable=True)
    """Since then nothing was received."""
    disabled_at: datetime | None = columns.instant(nullable=True)
    disabled_because: str | None = columns.text(nullable=True)
    created_at: datetime = columns.instant()
