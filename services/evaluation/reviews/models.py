"""Rows of reviews of the appraisal system itself."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import Field, SQLModel

from kit import columns
from services.evaluation.keys import of_cycle


class SystemReview(SQLModel, table=True):
    """What the performance office found about the appraisal system itself."""

    __tablename__ = "system_reviews"
    __table_args__ = (of_cycle("system_reviews"),)

    tenant_id: str = columns.tenant()
    cycle_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    metrics: dict[str, Any] = columns.document()
    findings: str = columns.text()
    actions: list[str] = columns.document()
    reviewed_by: UUID = columns.reference()
    reviewed_at: datetime = columns.instant()
