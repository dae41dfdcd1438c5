"""Rows of reporting: one report a plan and period, and every actual that was ever entered."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Date, ForeignKeyConstraint, Index, Integer
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import Field, SQLModel

from kit import columns
from services.plans.plans.models import of_plan


class Report(SQLModel, table=True):
    """What a person must report of one period of a cycle."""

    __tablename__ = "plan_reports"
    __table_args__ = (
        of_plan("plan_reports"),
        Index("uq_plan_reports_period", "tenant_id", "plan_id", "period", unique=True),
        Index("ix_plan_reports_cycle_id", "tenant_id", "cycle_id", "period", "state"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    plan_id: UUID = columns.reference()
    cycle_id: UUID = columns.reference()
    period: int = Field(sa_type=Integer)
    final: bool = Field(sa_type=Boolean)
    starts_on: date = Field(sa_type=Date)
    ends_on: date = Field(sa_type=Date)
    due_at: datetime | None = columns.instant(nullable=True)
    """Known for the last period when evaluation opens."""
    state: str = columns.text()
    revision: int = Field(default=0, sa_type=Integer)
    """Counts submissions; the actuals of the newest one count."""
    submitted_at: datetime | None = columns.instant(nullable=True)
    submitted_by: UUID | None = columns.reference(nullable=True)
    late: bool = Field(default=False, sa_type=Boolean)
    drafted_at: datetime | None = columns.instant(nullable=True)
    """When it was last written before its period had ended."""


class Actual(SQLModel, table=True):
    """What was reached of one indicator by the end of a period, in one submission of the report."""

    __tablename__ = "plan_actuals"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "report_id"], ["plan_reports.tenant_id", "plan_reports.id"], name="fk_plan_actuals_report"
        ),
    )

    tenant_id: str = columns.tenant()
    report_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    revision: int = Field(sa_type=Integer, primary_key=True)
    indicator_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    value: Decimal | None = columns.score(nullable=True)
    reason: str | None = columns.text(nullable=True)
    evidence: list[dict[str, Any]] = columns.document(default=[])
    """References to proof, as ``contracts.evidence`` has them."""
    entered_by: UUID = columns.reference()
    entered_at: datetime = columns.instant()
