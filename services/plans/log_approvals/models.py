"""Rows of what raters decided of a week's entries."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, Integer
from sqlmodel import Field, SQLModel

from contracts.plans.daily_log import LogDecision
from kit import columns
from services.plans.plans.models import of_plan


class LogDecisionRow(SQLModel, table=True):
    """One decision on one week of one log; a later one is another row, the earlier one stays."""

    __tablename__ = "log_decisions"
    __table_args__ = (
        of_plan("log_decisions"),
        Index("ix_log_decisions_plan_id", "tenant_id", "plan_id", "week", "id"),
        columns.one_of("decision", LogDecision, "ck_log_decisions_decision"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    plan_id: UUID = columns.reference()
    week: date = columns.day()
    """Its Monday."""
    decision: str = columns.text()
    reason: str | None = columns.text(nullable=True)
    entries: int = Field(sa_type=Integer)
    decided_at: datetime = columns.instant()
    """What is entered later is not covered."""
    decided_by: UUID = columns.reference()
