"""Rows of what happens before and around planning: sessions with attendance, and read receipts of the standard."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, SmallInteger
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import Field, SQLModel

from kit import columns


class TrainingSession(SQLModel, table=True):
    """One training or socialisation session of a cycle, planned from the policy's topics."""

    __tablename__ = "sessions"
    # A topic of the policy is planned once, however often the phase is opened.
    __table_args__ = (Index("uq_sessions_ordinal", "tenant_id", "cycle_id", "ordinal", unique=True),)

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    cycle_id: UUID = columns.reference()
    ordinal: int = Field(sa_type=SmallInteger)
    title_id: str = columns.text()
    title_en: str = columns.text()
    state: str = columns.text()
    held_on: date | None = columns.day(nullable=True)
    materials: list[Any] = columns.document()
    reported_by: UUID | None = columns.reference(nullable=True)


class Attendance(SQLModel, table=True):
    """Somebody was there."""

    __tablename__ = "attendances"
    __table_args__ = (ForeignKeyConstraint(["tenant_id", "session_id"], ["sessions.tenant_id", "sessions.id"]),)

    tenant_id: str = columns.tenant()
    session_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    person_id: UUID = Field(sa_type=PG_UUID, primary_key=True)


class Acknowledgement(SQLModel, table=True):
    """A servant has read the criteria of a cycle."""

    __tablename__ = "acknowledgements"

    tenant_id: str = columns.tenant()
    cycle_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    servant_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    policy_version: int = Field(sa_type=SmallInteger)
    at: datetime = columns.instant()
