"""Rows of field visits by the independent panel."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import Field, SQLModel

from kit import columns
from services.evaluation.models.keys import of_cycle


class Visit(SQLModel, table=True):
    """One visit to one unit in one cycle."""

    __tablename__ = "visits"
    __table_args__ = (
        of_cycle("visits"),
        UniqueConstraint("tenant_id", "cycle_id", "unit_id", name="uq_visits_unit"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    cycle_id: UUID = columns.reference()
    unit_id: UUID = columns.reference()
    lead_id: UUID = columns.reference()
    panel: list[UUID] = Field(sa_type=ARRAY(PG_UUID))
    scheduled_for: datetime = columns.instant()
    """The day on which it must have taken place."""
    held_on: date | None = Field(default=None, sa_type=Date, nullable=True)
    checklist: dict[str, Any] | None = columns.document(nullable=True)
    findings: list[dict[str, str]] | None = columns.document(nullable=True)
    state: str = Field(default="SCHEDULED", sa_type=Text)
    """SCHEDULED, HELD, ASSESSED or NOT_HELD."""
