"""Rows of the achievement of organisations."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, Text
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import Field, SQLModel

from kit import columns
from services.evaluation.keys import of_cycle


class UnitPerformance(SQLModel, table=True):
    """The achievement of a unit's organisation in one cycle."""

    __tablename__ = "org_performances"
    __table_args__ = (
        of_cycle("org_performances"),
        Index("ix_org_performances_unit", "tenant_id", "unit_id", "set_at"),
    )

    tenant_id: str = columns.tenant()
    cycle_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    unit_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    performance: str = Field(sa_type=Text)
    recommendation: str = columns.text(default="")
    set_by: UUID = columns.reference()
    set_at: datetime = columns.instant()
