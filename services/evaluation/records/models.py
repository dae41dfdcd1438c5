"""Rows that repeat what other services tell of a person in a cycle: that it is there and since when, never its words."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Date, Index, Integer
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import Field, SQLModel

from kit import columns
from services.evaluation.keys import of_appraisal


class RecordedFeedback(SQLModel, table=True):
    """Feedback that the line may read; who wrote it and what it says stay in the service of feedback."""

    __tablename__ = "recorded_feedback"
    __table_args__ = (
        of_appraisal("recorded_feedback"),
        Index("ix_recorded_feedback_appraisal", "tenant_id", "appraisal_id", "given_at"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    """Of the feedback, as its service made it."""
    appraisal_id: UUID = columns.reference()
    direction: str = columns.text()
    occasion: str | None = columns.text(nullable=True)
    channel: str | None = columns.text(nullable=True)
    given_at: datetime = columns.instant()


class RecordedInitiative(SQLModel, table=True):
    """An initiative, innovation or idea (SWL-6)."""

    __tablename__ = "recorded_initiatives"
    __table_args__ = (
        of_appraisal("recorded_initiatives"),
        Index("ix_recorded_initiatives_appraisal", "tenant_id", "appraisal_id", "recorded_at"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    """Of the initiative, as plans made it."""
    appraisal_id: UUID = columns.reference()
    kind: str = columns.text()
    title: str = columns.text()
    recorded_at: datetime = columns.instant()
    recognised: bool | None = Field(default=None, sa_type=Boolean, nullable=True)
    """None until it was verified, or the time for that lapsed."""
    evidence: list[dict[str, Any]] = columns.document(default=[])


class LoggedWork(SQLModel, table=True):
    """One day of the daily log, in numbers."""

    __tablename__ = "logged_work"
    __table_args__ = (of_appraisal("logged_work"),)

    tenant_id: str = columns.tenant()
    appraisal_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    day: date = Field(sa_type=Date, primary_key=True)
    plan_id: UUID = columns.reference()
    entries: int = Field(sa_type=Integer)
    minutes: int | None = Field(default=None, sa_type=Integer, nullable=True)
    logged_on: date = Field(sa_type=Date)
    """When the first entry of the day was written down."""


class RecordedPlan(SQLModel, table=True):
    """Where the plan lies, and what it expects of behaviour."""

    __tablename__ = "recorded_plans"
    __table_args__ = (of_appraisal("recorded_plans"),)

    tenant_id: str = columns.tenant()
    appraisal_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    plan_id: UUID = columns.reference()
    version: int = Field(sa_type=Integer)
    behaviours: list[dict[str, str]] = columns.document(default=[])
