"""Rows of trial plans."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import SQLModel

from kit import columns


class TrialPlan(SQLModel, table=True):
    """A plan to learn with; in no cycle, and seen by its owner alone."""

    __tablename__ = "trial_plans"
    __table_args__ = (Index("ix_trial_plans_servant", "tenant_id", "servant_id", "id"),)

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    servant_id: UUID = columns.reference()
    name: str = columns.text()
    content: dict[str, Any] = columns.document()
    """A ``TrialContent``."""
    kept_at: datetime = columns.instant()
