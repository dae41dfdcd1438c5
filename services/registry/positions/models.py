"""Positions that people held."""

from datetime import date
from uuid import UUID

from sqlalchemy import Date
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import Field, SQLModel

from contracts.registry.personnel import Status
from kit import columns
from services.registry.servants.rules.positions import EmploymentType, PositionKind


class Position(SQLModel, table=True):
    """What somebody was from a day on, until the next row begins; a person without a row never changed."""

    __tablename__ = "positions_held"
    __table_args__ = (
        columns.one_of("employment_type", EmploymentType, "ck_positions_held_employment_type"),
        columns.one_of("position_kind", PositionKind, "ck_positions_held_position_kind"),
        columns.one_of("status", Status, "ck_positions_held_status"),
    )

    tenant_id: str = columns.tenant()
    servant_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    since: date = Field(sa_type=Date, primary_key=True)
    """The year 1 says that nobody recorded when it began."""
    employment_type: str = columns.text()
    position_kind: str = columns.text()
    status: str = columns.text()
