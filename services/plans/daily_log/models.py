"""Rows of the daily log."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Column, Computed, Date, Index, Integer, Text
from sqlmodel import Field, SQLModel

from kit import columns
from services.plans.plans.models import of_plan


class Activity(SQLModel, table=True):
    """One entry of a daily log."""

    __tablename__ = "plan_activities"
    __table_args__ = (
        of_plan("plan_activities"),
        Index("uq_plan_activities_entry", "tenant_id", "plan_id", "day", "digest", unique=True),
        Index("ix_plan_activities_plan_id", "tenant_id", "plan_id", "id"),
        Index("ix_plan_activities_words", "tenant_id", "words"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    plan_id: UUID = columns.reference()
    servant_id: UUID = columns.reference()
    day: date = Field(sa_type=Date)
    text: str = columns.text()
    words: str | None = Field(
        default=None,
        sa_column=Column(Text, Computed(r"md5(lower(regexp_replace(btrim(text), '\s+', ' ', 'g')))", persisted=True)),
    )
    """The same for the same words, however they are spaced and capitalised: what was copied is found by it."""
    digest: str = columns.text()
    """Of what was written, so that the same entry sent twice is one."""
    minutes: int = Field(sa_type=Integer)
    quantity: Decimal | None = columns.score(nullable=True)
    work_result_id: UUID | None = columns.reference(nullable=True)
    entered_at: datetime = columns.instant()
    late_reason: str | None = columns.text(nullable=True)
