"""Rows of the library of good practices, and who took one over."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import SQLModel

from contracts.evaluation.practices import PracticeState
from kit import columns
from services.evaluation.keys import of_appraisal


class Practice(SQLModel, table=True):
    """What was done, where, and what proves it."""

    __tablename__ = "practices"
    __table_args__ = (
        of_appraisal("practices"),
        columns.one_of("state", PracticeState, "ck_practices_state"),
        # Written down twice it is one; submitting inserts and lets this decide.
        UniqueConstraint("tenant_id", "appraisal_id", "title", name="uq_practices_title"),
        Index("ix_practices_state", "tenant_id", "state", "id"),
        Index("ix_practices_servant", "tenant_id", "servant_id"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    cycle_id: UUID = columns.reference()
    appraisal_id: UUID = columns.reference()
    servant_id: UUID = columns.reference()
    """Whose work it was."""
    unit_id: UUID = columns.reference()
    title: str = columns.text()
    what: str = columns.text()
    where: str = columns.text()
    evidence: list[dict[str, Any]] = columns.document()
    submitted_by: UUID = columns.reference()
    submitted_at: datetime = columns.instant()
    state: str = columns.text(default=PracticeState.SUBMITTED.value)
    decided_by: UUID | None = columns.reference(nullable=True)
    decided_at: datetime | None = columns.instant(nullable=True)
    reason: str | None = columns.text(nullable=True)


class PracticeUse(SQLModel, table=True):
    """Somebody's plan takes a practice over."""

    __tablename__ = "practice_uses"
    __table_args__ = (Index("ix_practice_uses_plan", "tenant_id", "plan_id"),)

    tenant_id: str = columns.tenant()
    practice_id: UUID = columns.identity()
    plan_id: UUID = columns.identity()
    servant_id: UUID = columns.reference()
    unit_id: UUID = columns.reference()
    """Where it was taken over, as the person was enrolled in that cycle."""
    used_at: datetime = columns.instant()
