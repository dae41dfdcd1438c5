"""Versions of a city's legal calendar."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Integer
from sqlmodel import Field, SQLModel

from kit import columns


class Calendar(SQLModel, table=True):
    """One version of a city's legal calendar."""

    __tablename__ = "calendars"

    tenant_id: str = columns.tenant()
    version: int = Field(sa_type=Integer, primary_key=True)
    calendar: dict[str, Any] = columns.document()
    days: list[dict[str, Any]] | None = columns.document(nullable=True)
    """Every day that differs from the week: its origin, its name, and who says so."""
    until: date = columns.day()
    published_at: datetime = columns.instant()
