"""Rows of the competences that positions ask for."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, SmallInteger, UniqueConstraint
from sqlmodel import Field, SQLModel

from kit import columns


class PositionCompetence(SQLModel, table=True):
    """A level that a position asks for, from a day on; the newest day that has come counts, until it ends."""

    __tablename__ = "position_competences"
    __table_args__ = (
        UniqueConstraint("tenant_id", "position_key", "code", "valid_from", name="uq_position_competences_day"),
        CheckConstraint("required between 1 and 5", name="ck_position_competences_required"),
        CheckConstraint("valid_to >= valid_from", name="ck_position_competences_days"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    position_key: str = columns.text()
    """See ``contracts.competences.position_key``."""
    position: str = columns.text()
    code: str = columns.text()
    name: str = columns.text()
    required: int = Field(sa_type=SmallInteger)
    """Level, 1 to 5."""
    valid_from: date = Field(sa_type=Date)
    valid_to: date | None = columns.day(nullable=True)
    """The last day; None while nothing ends it."""
    imported_at: datetime = columns.instant()
    imported_by: UUID = columns.reference()
