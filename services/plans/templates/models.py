"""Rows of templates of plans."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import SQLModel

from kit import columns


class PlanTemplate(SQLModel, table=True):
    """The content of a plan as people of one position usually have it."""

    __tablename__ = "plan_templates"
    __table_args__ = (
        Index(
            "uq_plan_templates_name",
            "tenant_id",
            "position",
            "name",
            unique=True,
            postgresql_where=text("retired_at is null"),
        ),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    position: str = columns.text()
    name: str = columns.text()
    content: dict[str, Any] = columns.document()
    """Without ids, and without links to the results of one leader."""
    kept_by: UUID = columns.reference()
    kept_at: datetime = columns.instant()
    retired_at: datetime | None = columns.instant(nullable=True)
