"""Rows of periodic evaluations: what the rater says of each month or quarter inside a cycle."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Boolean, Date, SmallInteger, UniqueConstraint
from sqlmodel import Field, SQLModel

from kit import columns
from services.evaluation.keys import of_appraisal


class PeriodicEvaluation(SQLModel, table=True):
    """One report period of one appraisal; without ratings until somebody has evaluated it."""

    __tablename__ = "periodic_evaluations"
    __table_args__ = (
        of_appraisal("periodic_evaluations"),
        UniqueConstraint("tenant_id", "appraisal_id", "number", name="uq_periodic_evaluations_number"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    appraisal_id: UUID = columns.reference()
    number: int = Field(sa_type=SmallInteger)
    """1 is the first period of the cycle."""
    starts_on: date = Field(sa_type=Date)
    ends_on: date = Field(sa_type=Date)
    due_at: datetime = columns.instant()
    result_rating: str | None = columns.text(nullable=True)
    behaviour_rating: str | None = columns.text(nullable=True)
    predicate: str | None = columns.text(nullable=True)
    note: str | None = columns.text(nullable=True)
    as_before: bool = Field(default=False, sa_type=Boolean)
    """The result of the period before, which another rater had given, was taken over by agreement (L IV.A)."""
    evaluated_by: UUID | None = columns.reference(nullable=True)
    evaluated_at: datetime | None = columns.instant(nullable=True)
