"""Reports of a cycle's results to the competent official, one row a report."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, Integer
from sqlmodel import Field, SQLModel

from kit import columns
from services.evaluation.keys import of_cycle


class UpwardReport(SQLModel, table=True):
    """The results of a cycle as they were reported to the competent official; a change after it is reported again."""

    __tablename__ = "upward_reports"
    __table_args__ = (of_cycle("upward_reports"), Index("ix_upward_reports_cycle", "tenant_id", "cycle_id", "id"))

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    cycle_id: UUID = columns.reference()
    recipient: str = columns.text()
    """To whom, by office: the competent official (PyB)."""
    note: str = columns.text()
    issued: int = Field(sa_type=Integer)
    final: int = Field(sa_type=Integer)
    missing: int = Field(sa_type=Integer)
    """People without a signed result."""
    missing_states: dict[str, int] = columns.document()
    """How far the appraisals of these people have come, by state."""
    missing_reason: str | None = columns.text(nullable=True)
    """Why, as the office says it; nothing where nobody is missing."""
    versions: int = Field(default=0, sa_type=Integer)
    """Versions of results that were issued until then; another one later is a change that is reported again."""
    predicates: dict[str, int] = columns.document()
    changes: list[dict[str, Any]] = columns.document(default=[])
    """Results that objections changed since the report before, each with its objection (form D.1.3)."""
    reported_by: UUID = columns.reference()
    reported_at: datetime = columns.instant()
