"""Findings with the question, the answer and the decision of each, one row a finding."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import SQLModel

from kit import columns
from services.evaluation.keys import of_appraisal, of_cycle


class Moderation(SQLModel, table=True):
    """A finding that the performance office looks at: about one person's sources, a rater, or a unit's predicates."""

    __tablename__ = "moderations"
    __table_args__ = (
        of_appraisal("moderations"),
        of_cycle("moderations"),
        # One finding a rater or unit and cycle, however often they are looked at: detection inserts and lets these decide.
        Index(
            "uq_moderations_rater",
            "tenant_id",
            "cycle_id",
            "concerns_id",
            unique=True,
            postgresql_where=text("appraisal_id is null and unit_id is null"),
        ),
        Index(
            "uq_moderations_unit",
            "tenant_id",
            "cycle_id",
            "unit_id",
            unique=True,
            postgresql_where=text("unit_id is not null"),
        ),
        Index("ix_moderations_concerns", "tenant_id", "concerns_id"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    """The appraisal's, for a finding about one person."""
    cycle_id: UUID = columns.reference()
    appraisal_id: UUID | None = columns.reference(nullable=True)
    """Its result waits until the finding is closed."""
    unit_id: UUID | None = columns.reference(nullable=True)
    concerns_id: UUID | None = columns.reference(nullable=True)
    """Who is asked: the assessor, or the leader of the unit."""
    finding: str = columns.text()
    findings: list[dict[str, Any]] = columns.document()
    """As measured, beside the limits of the policy at that time."""
    required_at: datetime = columns.instant()
    question: str | None = columns.text(nullable=True)
    asked_by: UUID | None = columns.reference(nullable=True)
    asked_at: datetime | None = columns.instant(nullable=True)
    outcome: str | None = columns.text(nullable=True)
    """KEPT, REVISED or SILENT; None where nobody was asked."""
    answer: str | None = columns.text(nullable=True)
    answered_by: UUID | None = columns.reference(nullable=True)
    answered_at: datetime | None = columns.instant(nullable=True)
    reason: str | None = columns.text(nullable=True)
    decided_by: UUID | None = columns.reference(nullable=True)
    decided_at: datetime | None = columns.instant(nullable=True)
