"""Rows of work results that a leader took over, as the feedback service told it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import SQLModel

from kit import columns
from services.evaluation.models.keys import of_appraisal


class TakenOver(SQLModel, table=True):
    """A work result that the leader took over; its note counts in the evaluation (PermenPANRB 6/2022 art. 20)."""

    __tablename__ = "taken_over_results"
    __table_args__ = (
        of_appraisal("taken_over_results"),
        Index("ix_taken_over_results_appraisal", "tenant_id", "appraisal_id", "id"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    """Of the taking over, as feedback made it."""
    appraisal_id: UUID = columns.reference()
    leader_id: UUID = columns.reference()
    result: str = columns.text()
    note: str = columns.text()
    told_at: datetime = columns.instant()
