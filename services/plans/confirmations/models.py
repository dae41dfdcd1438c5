"""Rows of what servants said of plans that were set."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Boolean, Index, Integer
from sqlmodel import Field, SQLModel

from kit import columns
from services.plans.plans.models import of_plan


class Confirmation(SQLModel, table=True):
    """What the servant said of one version of a plan; a later answer is another row, the earlier one stays."""

    __tablename__ = "plan_confirmations"
    __table_args__ = (
        of_plan("plan_confirmations"),
        Index("ix_plan_confirmations_plan_id", "tenant_id", "plan_id", "plan_version", "id"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    plan_id: UUID = columns.reference()
    plan_version: int = Field(sa_type=Integer)
    answer: str = columns.text()
    reason: str | None = columns.text(nullable=True)
    answered_at: datetime = columns.instant()
    """When it was said, or when the time to say anything was over."""
    late: bool = Field(default=False, sa_type=Boolean)
