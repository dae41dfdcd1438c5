"""Rows of a province: whom its cities have declared, and what each of them shows. Their ``tenant_id`` is the province's."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Boolean, Date, Integer, Text
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import Field, SQLModel

from kit import columns


class ProvinceOfficial(SQLModel, table=True):
    """That a city has declared this person an official of its province, as its registry last told."""

    __tablename__ = "province_officials"

    tenant_id: str = columns.tenant()
    """The province, e.g. ``14.00``: so the same wall stands around it as around every city."""
    city: str = Field(sa_type=Text, primary_key=True)
    person_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    revision: int = Field(sa_type=Integer)
    """Of the account in that city."""
    active: bool = Field(sa_type=Boolean)


class CityFigures(SQLModel, table=True):
    """A cycle of a city in numbers; small cells are hidden before it is written, so nobody finds them here either."""

    __tablename__ = "province_figures"

    tenant_id: str = columns.tenant()
    city: str = Field(sa_type=Text, primary_key=True)
    cycle_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    city_name: str = columns.text()
    name: str = columns.text()
    scope: str = columns.text()
    period_start: date = Field(sa_type=Date)
    period_end: date = Field(sa_type=Date)
    state: str = columns.text()
    """See ``cycles.rules.states.CycleStatus``."""
    phase: str | None = columns.text(nullable=True)
    phase_due_at: datetime | None = columns.instant(nullable=True)
    least: int = Field(sa_type=Integer)
    people: int | None = Field(default=None, sa_type=Integer, nullable=True)
    results: int | None = Field(default=None, sa_type=Integer, nullable=True)
    """Of a cycle that is over, as published; what the predicates add up to."""
    rated: int | None = Field(default=None, sa_type=Integer, nullable=True)
    """Percent of the people, in steps (``rules.in_steps``); as the two below."""
    issued: int | None = Field(default=None, sa_type=Integer, nullable=True)
    final: int | None = Field(default=None, sa_type=Integer, nullable=True)
    on_time: int | None = Field(default=None, sa_type=Integer, nullable=True)
    """Percent of what was owed and is over, in steps."""
    predicates: dict[str, int | None] | None = columns.document(nullable=True)
    """Of a cycle that is over, as published."""
    told_at: datetime = columns.instant()
