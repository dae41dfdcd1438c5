"""Rows of dialogues about a plan."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Date, Index, Integer
from sqlmodel import Field, SQLModel

from kit import columns
from services.plans.plans.models import of_plan


class Dialogue(SQLModel, table=True):
    """A talk between servant and leader about a plan, written down by one and confirmed by the other."""

    __tablename__ = "plan_dialogues"
    __table_args__ = (
        of_plan("plan_dialogues"),
        Index("ix_plan_dialogues_plan_id", "tenant_id", "plan_id", "round", "purpose"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    plan_id: UUID = columns.reference()
    round: int = Field(sa_type=Integer)
    purpose: str = columns.text()
    held_on: date = Field(sa_type=Date)
    summary: str = columns.text()
    agreed: str = columns.text()
    recorded_by: UUID = columns.reference()
    recorded_at: datetime = columns.instant()
    confirmed_by: UUID | None = columns.reference(nullable=True)
    confirmed_at: datetime | None = columns.instant(nullable=True)
