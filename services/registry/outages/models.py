"""Outages of the system."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlmodel import SQLModel

from kit import columns


class Outage(SQLModel, table=True):
    """The system was down for a time; what fell due meanwhile was extended."""

    __tablename__ = "outages"
    __table_args__ = (
        # The same span is the same outage, whoever records it again.
        Index("uq_outages_span", "tenant_id", "began_at", "ended_at", unique=True),
        CheckConstraint("ended_at > began_at", name="ck_outages_span"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    began_at: datetime = columns.instant()
    ended_at: datetime = columns.instant()
    reason: str = columns.text()
    recorded_at: datetime = columns.instant()
    recorded_by: UUID = columns.reference()
