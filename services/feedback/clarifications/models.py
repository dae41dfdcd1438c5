"""Rows of clarifications."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import SQLModel

from kit import columns


class Clarification(SQLModel, table=True):
    """A servant asks about a provisional result, or argues that it does not match reality."""

    __tablename__ = "clarifications"
    __table_args__ = (
        # One question is open at a time; answered ones may be many.
        Index(
            "uq_clarifications_open", "tenant_id", "appraisal_id", unique=True, postgresql_where=text("state = 'OPEN'")
        ),
        # With the id last: lists are read by it, newest first, without sorting.
        Index("ix_clarifications_servant", "tenant_id", "servant_id", "id"),
        Index("ix_clarifications_rater", "tenant_id", "rater_id", "id"),
        Index("ix_clarifications_cycle", "tenant_id", "cycle_id", "state"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    cycle_id: UUID = columns.reference()
    appraisal_id: UUID = columns.reference()
    servant_id: UUID = columns.reference()
    rater_id: UUID = columns.reference()
    text: str = columns.text()
    items: list[Any] = columns.document()
    evidence: list[Any] = columns.document()
    asked_at: datetime = columns.instant()
    state: str = columns.text()
    reason: str | None = columns.text(nullable=True)
    result_rating: str | None = columns.text(nullable=True)
    behaviour_rating: str | None = columns.text(nullable=True)
    scores: list[Any] | None = columns.document(nullable=True)
    """Criteria and indicators that the answer set anew."""
    answered_by: UUID | None = columns.reference(nullable=True)
    answered_at: datetime | None = columns.instant(nullable=True)
