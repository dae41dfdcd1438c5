"""Rows of results: every version stays as it was issued; only its delivery, receipt and finality are added later."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Index, SmallInteger, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from kit import columns
from services.evaluation.keys import of_appraisal


class Result(SQLModel, table=True):
    """One version of one person's result."""

    __tablename__ = "results"
    __table_args__ = (
        of_appraisal("results"),
        # Two decisions at once cannot make the same version, whatever the locks.
        UniqueConstraint("tenant_id", "appraisal_id", "version", name="uq_results_version"),
        Index("ix_results_cycle", "tenant_id", "cycle_id"),
        Index("ix_results_servant", "tenant_id", "servant_id"),
        # Partial: the sweep asks for it every time, and what is final or superseded is nearly all of the table.
        Index(
            "ix_results_object_until",
            "tenant_id",
            "object_until",
            postgresql_where=text("finalised_at is null and superseded_by is null"),
        ),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    appraisal_id: UUID = columns.reference()
    cycle_id: UUID = columns.reference()
    servant_id: UUID = columns.reference()
    rater_id: UUID = columns.reference()
    authority_id: UUID | None = columns.reference(nullable=True)
    version: int = Field(sa_type=SmallInteger)
    result_rating: str = columns.text()
    behaviour_rating: str = columns.text()
    predicate: str = columns.text()
    local_score: Decimal | None = columns.score(nullable=True)
    local_band: str | None = columns.text(nullable=True)
    criteria: dict[str, str | None] = columns.document()
    trace: list[dict[str, Any]] = columns.document()
    strengths: list[str] = columns.document()
    areas: list[str] = columns.document()
    competences: list[dict[str, Any]] | None = columns.document(nullable=True)
    """Required level, assessed level and gap of what the post asks for; None where it asks for nothing."""
    issued_at: datetime = columns.instant()
    issued_by: UUID = columns.reference()
    by_superior: bool = Field(sa_type=Boolean)
    by_objection: bool = Field(default=False, sa_type=Boolean)
    """The decision on an objection made this version; it is final."""
    objection_id: UUID | None = columns.reference(nullable=True)
    """Which objection; unknown of versions before that was kept."""
    reason: str | None = columns.text(nullable=True)
    issue_note: str | None = columns.text(nullable=True)
    final_without_objection: bool = Field(sa_type=Boolean)
    delivered_at: datetime | None = columns.instant(nullable=True)
    received_at: datetime | None = columns.instant(nullable=True)
    deemed: bool | None = Field(default=None, sa_type=Boolean, nullable=True)
    receipt_note: str | None = columns.text(nullable=True)
    object_until: datetime | None = columns.instant(nullable=True)
    finalised_at: datetime | None = columns.instant(nullable=True)
    superseded_by: int | None = Field(default=None, sa_type=SmallInteger, nullable=True)


ADDED_LATER = (
    "delivered_at",
    "received_at",
    "deemed",
    "receipt_note",
    "object_until",
    "finalised_at",
    "superseded_by",
)
"""The only columns that the application may change; the database refuses the others, and any deletion."""
