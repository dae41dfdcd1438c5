"""Rows of what happens before and around planning: sessions with attendance, and read receipts of the standard."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, Integer, SmallInteger
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import Field, SQLModel

from kit import columns


class TrainingSession(SQLModel, table=True):
    """One training or socialisation session of a cycle, on a topic of its policy."""

    __tablename__ = "sessions"
    # The policy's session of a topic is planned once, however often the phase is opened.
    __table_args__ = (Index("uq_sessions_number", "tenant_id", "cycle_id", "ordinal", "number", unique=True),)

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    cycle_id: UUID = columns.reference()
    ordinal: int = Field(sa_type=SmallInteger)
    """Of the topic; all of one ordinal are about the same."""
    number: int = Field(default=1, sa_type=SmallInteger)
    """1 for the session that the policy asks for; the office plans further ones."""
    title_id: str = columns.text()
    title_en: str = columns.text()
    state: str = columns.text()
    planned_on: date | None = columns.day(nullable=True)
    place: str | None = columns.text(nullable=True)
    seats: int | None = Field(default=None, sa_type=Integer, nullable=True)
    held_on: date | None = columns.day(nullable=True)
    materials: list[Any] = columns.document()
    reported_by: UUID | None = columns.reference(nullable=True)


class SessionPlace(SQLModel, table=True):
    """Somebody was invited to a session, or takes part in it."""

    __tablename__ = "session_places"
    __table_args__ = (ForeignKeyConstraint(["tenant_id", "session_id"], ["sessions.tenant_id", "sessions.id"]),)

    tenant_id: str = columns.tenant()
    session_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    person_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    invited_by: UUID | None = columns.reference(nullable=True)
    enrolled_at: datetime | None = columns.instant(nullable=True)
    """None of who was invited and has not said that he or she comes, or does not come after all."""


class Attendance(SQLModel, table=True):
    """Somebody was there."""

    __tablename__ = "attendances"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "session_id"], ["sessions.tenant_id", "sessions.id"]),
        Index("ix_attendances_person", "tenant_id", "person_id", "session_id"),
    )

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
