"""Rows of improvement: months in which a poor result is worked on, reviewed each month, and decided about by a person."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, SmallInteger
from sqlmodel import Field, SQLModel

from kit import columns


class ImprovementCase(SQLModel, table=True):
    """Six months to improve (PP 30/2019 arts 56-58); its id is that of the accepted proposal."""

    __tablename__ = "improvement_cases"
    __table_args__ = (
        Index("ix_improvement_cases_cycle", "tenant_id", "cycle_id", "id"),
        Index("ix_improvement_cases_servant", "tenant_id", "servant_id"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    cycle_id: UUID = columns.reference()
    result_id: UUID = columns.reference()
    servant_id: UUID = columns.reference()
    rater_id: UUID = columns.reference()
    authority_id: UUID | None = columns.reference(nullable=True)
    basis: str = columns.text()
    state: str = columns.text()
    started_at: datetime = columns.instant()
    months: int = Field(sa_type=SmallInteger)
    """With what it was extended by."""
    ends_at: datetime = columns.instant()
    asked_at: datetime | None = columns.instant(nullable=True)
    """Since when the decision is owed."""
    outcome: str | None = columns.text(nullable=True)
    """The last decision; after an extension the case runs again."""
    reason: str | None = columns.text(nullable=True)
    decided_by: UUID | None = columns.reference(nullable=True)
    decided_at: datetime | None = columns.instant(nullable=True)


class ImprovementReview(SQLModel, table=True):
    """One month's review by the rater."""

    __tablename__ = "improvement_reviews"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "case_id"], ["improvement_cases.tenant_id", "improvement_cases.id"]),
        # A month has one review: the lock on the case makes it so, this keeps it so.
        Index("uq_improvement_reviews_number", "tenant_id", "case_id", "number", unique=True),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    case_id: UUID = columns.reference()
    number: int = Field(sa_type=SmallInteger)
    """1 for the first month."""
    due_at: datetime = columns.instant()
    progress: str | None = columns.text(nullable=True)
    findings: str | None = columns.text(nullable=True)
    next_steps: str | None = columns.text(nullable=True)
    held_by: UUID | None = columns.reference(nullable=True)
    held_at: datetime | None = columns.instant(nullable=True)
