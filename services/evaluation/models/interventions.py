"""Rows of what the performance office did to a running cycle."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlmodel import SQLModel

from kit import columns
from services.evaluation.models.keys import of_cycle


class CycleIntervention(SQLModel, table=True):
    """A pause, a resumption, an extension or a cancellation, with its reason; never changed, never removed."""

    __tablename__ = "cycle_interventions"
    __table_args__ = (
        of_cycle("cycle_interventions"),
        CheckConstraint("kind in ('PAUSED', 'RESUMED', 'EXTENDED', 'CANCELLED')", name="ck_cycle_interventions_kind"),
        Index("ix_cycle_interventions_cycle", "tenant_id", "cycle_id", "id"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    cycle_id: UUID = columns.reference()
    kind: str = columns.text()
    phase: str | None = columns.text(nullable=True)
    """The phase that was open, or extended."""
    former_due_at: datetime | None = columns.instant(nullable=True)
    due_at: datetime | None = columns.instant(nullable=True)
    """When that phase is due now."""
    reason: str = columns.text()
    done_by: UUID = columns.reference()
    done_at: datetime = columns.instant()
