"""Rows of public reports: one a cycle, as it was when it closed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Integer
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import Field, SQLModel

from kit import columns
from services.evaluation.keys import of_cycle


class PublicReport(SQLModel, table=True):
    """Made once and never again: two of one cycle would tell by their difference whose result changed between them."""

    __tablename__ = "public_reports"
    __table_args__ = (of_cycle("public_reports"),)

    tenant_id: str = columns.tenant()
    cycle_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    least: int = Field(sa_type=Integer)
    people: int | None = Field(default=None, sa_type=Integer, nullable=True)
    predicates: dict[str, int | None] = columns.document()
    figures: dict[str, int | None] = columns.document()
    """How the appraisal worked, in people or percent; see ``queries.figures``."""
    units: list[dict[str, Any]] = columns.document()
    """Of each unit that is large enough: code, name, people, mean of the local score."""
    elsewhere: int | None = Field(default=None, sa_type=Integer, nullable=True)
    """People of all units that are not listed."""
    made_at: datetime = columns.instant()
