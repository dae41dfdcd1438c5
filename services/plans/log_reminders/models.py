"""Rows of who was reminded of a daily log, so that nobody is reminded twice of the same."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Date, Integer, Text
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import Field, SQLModel

from kit import columns


class ReminderKind(StrEnum):
    """Of what somebody was reminded."""

    MISSING = "MISSING"
    APPROVAL = "APPROVAL"


class LogReminder(SQLModel, table=True):
    """One reminder: of a gap since a day, the first, second, ... one; or of weeks that waited on a Monday."""

    __tablename__ = "log_reminders"
    __table_args__ = (columns.one_of("kind", ReminderKind, "ck_log_reminders_kind"),)

    tenant_id: str = columns.tenant()
    cycle_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    person_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    kind: str = Field(sa_type=Text, primary_key=True)
    day: date = Field(sa_type=Date, primary_key=True)
    number: int = Field(sa_type=Integer, primary_key=True)
    reminded_at: datetime = columns.instant()
