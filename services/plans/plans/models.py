"""Rows of plans: the plan itself, its present content, and the contents that were set."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, ForeignKeyConstraint, Index, Integer
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import Field, SQLModel

from kit import columns


def of_plan(table: str) -> ForeignKeyConstraint:
    """A row of this table belongs to a plan of the same city."""
    # The city is in the key: no row can point at a plan of another city, not even past row-level security.
    return ForeignKeyConstraint(["tenant_id", "plan_id"], ["plans.tenant_id", "plans.id"], name=f"fk_{table}_plan")


class Plan(SQLModel, table=True):
    """The performance plan of one person in one cycle, with the relations frozen at enrolment."""

    __tablename__ = "plans"
    __table_args__ = (
        Index("uq_plans_cycle_id", "tenant_id", "cycle_id", "servant_id", unique=True),
        Index("ix_plans_servant_id", "tenant_id", "servant_id"),
        Index("ix_plans_rater_id", "tenant_id", "rater_id", "cycle_id"),
        Index("ix_plans_authority_id", "tenant_id", "authority_id", "cycle_id"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    cycle_id: UUID = columns.reference()
    servant_id: UUID = columns.reference()
    appraisal_id: UUID = columns.reference()
    rater_id: UUID | None = columns.reference(nullable=True)
    authority_id: UUID | None = columns.reference(nullable=True)
    unit_id: UUID = columns.reference()
    state: str = columns.text()
    version: int = Field(default=0, sa_type=Integer)
    """Counts every change; the ETag."""
    round: int = Field(default=1, sa_type=Integer)
    """Counts how often the plan went to the rater; a return begins the next round."""
    plan_version: int = Field(default=0, sa_type=Integer)
    """Counts the contents that were set; each is kept in plan_versions."""
    proposed_at: datetime | None = columns.instant(nullable=True)
    proposed_by: UUID | None = columns.reference(nullable=True)
    propose_late: bool = Field(default=False, sa_type=Boolean)
    returned_reason: str | None = columns.text(nullable=True)
    returned_by: UUID | None = columns.reference(nullable=True)
    remarks: list[dict[str, Any]] | None = columns.document(nullable=True)
    """What was remarked by row at the last return; None where nothing was."""
    set_at: datetime | None = columns.instant(nullable=True)
    set_by: UUID | None = columns.reference(nullable=True)
    by_superior: bool = Field(default=False, sa_type=Boolean)
    late: bool = Field(default=False, sa_type=Boolean)
    """Set after planning was due."""
    late_by_law: bool = Field(default=False, sa_type=Boolean)
    """First set after the end of January, the first month of the period, whatever the city's own planning says."""
    annex: dict[str, Any] | None = columns.document(nullable=True)
    """Special expectations, resources and consequences; None where nothing was agreed on."""
    ended_on: date | None = columns.day(nullable=True)
    """Last day that counts, of a person who has left or is not covered any more."""


class PlanVersion(SQLModel, table=True):
    """A content that was set; never changed, never deleted."""

    __tablename__ = "plan_versions"
    __table_args__ = (of_plan("plan_versions"),)

    tenant_id: str = columns.tenant()
    plan_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    plan_version: int = Field(sa_type=Integer, primary_key=True)
    content: dict[str, Any] = columns.document()
    set_at: datetime = columns.instant()
    set_by: UUID = columns.reference()
    reason: str | None = columns.text(nullable=True)


class WorkResultRow(SQLModel, table=True):
    """One work result of a plan's present content."""

    __tablename__ = "plan_results"
    __table_args__ = (of_plan("plan_results"), Index("ix_plan_results_plan_id", "tenant_id", "plan_id", "ordinal"))

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    plan_id: UUID = columns.reference()
    ordinal: int = Field(sa_type=Integer)
    kind: str = columns.text()
    statement: str = columns.text()
    goal: str | None = columns.text(nullable=True)
    superior_result_id: UUID | None = columns.reference(nullable=True)
    report_every: str | None = columns.text(nullable=True)
    evidence: str = columns.text(default="")


class IndicatorRow(SQLModel, table=True):
    """One indicator of a work result."""

    __tablename__ = "plan_indicators"
    __table_args__ = (
        of_plan("plan_indicators"),
        Index("ix_plan_indicators_plan_id", "tenant_id", "plan_id", "ordinal"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    plan_id: UUID = columns.reference()
    work_result_id: UUID = columns.reference()
    ordinal: int = Field(sa_type=Integer)
    """Counts through the whole plan."""
    aspect: str = columns.text()
    statement: str = columns.text()
    unit: str = columns.text()
    direction: str = columns.text()
    target_lo: Decimal = columns.score()
    target_hi: Decimal = columns.score()
    weight: Decimal = columns.score()
    source_of_data: str = columns.text()
    max_attainable: bool = Field(default=False, sa_type=Boolean)
