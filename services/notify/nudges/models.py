"""Rows of reminders by people."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Date
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import Field, SQLModel

from kit import columns


class Nudge(SQLModel, table=True):
    """That somebody was reminded of one obligation on one day; the key says that it is once a day."""

    __tablename__ = "nudges"

    tenant_id: str = columns.tenant()
    obligation_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    day: date = Field(sa_type=Date, primary_key=True)
    """In the city's zone."""
    debtor_id: UUID = columns.reference()
    nudged_by: UUID = columns.reference()
    nudged_at: datetime = columns.instant()
    note: str | None = columns.text(nullable=True)
