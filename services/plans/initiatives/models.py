"""Rows of initiatives, innovations and ideas."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import SQLModel

from kit import columns


class Initiative(SQLModel, table=True):
    """An initiative, innovation or idea beyond the plan, and what the rater found of it."""

    __tablename__ = "plan_initiatives"
    __table_args__ = (
        Index("ix_plan_initiatives_cycle_id", "tenant_id", "cycle_id", "servant_id"),
        Index("ix_plan_initiatives_servant_id", "tenant_id", "servant_id"),
        Index("ix_plan_initiatives_rater_id", "tenant_id", "rater_id"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    cycle_id: UUID = columns.reference()
    servant_id: UUID = columns.reference()
    rater_id: UUID | None = columns.reference(nullable=True)
    authority_id: UUID | None = columns.reference(nullable=True)
    kind: str = columns.text()
    title: str = columns.text()
    description: str = columns.text()
    benefit: str = columns.text()
    recorded_by: UUID = columns.reference()
    recorded_at: datetime = columns.instant()
    state: str = columns.text()
    verified_by: UUID | None = columns.reference(nullable=True)
    """Nobody, if the time to verify it lapsed."""
    verified_at: datetime | None = columns.instant(nullable=True)
    evidence: list[dict[str, Any]] = columns.document(default=[])
    """References to proof, as ``contracts.evidence`` has them."""
    document: str | None = columns.text(nullable=True)
    reason: str | None = columns.text(nullable=True)
