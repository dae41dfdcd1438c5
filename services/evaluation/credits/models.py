"""Positions that people held, as the registry tells them, and credit points that they brought from before."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, Integer, SmallInteger
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import Field, SQLModel

from kit import columns


class KnownPosition(SQLModel, table=True):
    """What somebody was from a day on, until the next number; who has no row never changed."""

    __tablename__ = "known_positions"

    tenant_id: str = columns.tenant()
    servant_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    number: int = Field(sa_type=SmallInteger, primary_key=True)
    revision: int = Field(sa_type=Integer)
    """Of the person, as the registry last told it."""
    since: date | None = columns.day(nullable=True)
    employment_type: str = columns.text()
    position_kind: str = columns.text()
    status: str = columns.text()


class CreditBalance(SQLModel, table=True):
    """Points of a level that were determined before the first result here (PAK), with the document that says so."""

    __tablename__ = "credit_balances"
    __table_args__ = (CheckConstraint("points >= 0", name="ck_credit_balances_points"),)

    tenant_id: str = columns.tenant()
    servant_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    level: str = columns.text()
    points: Decimal = columns.score()
    as_of: date = columns.day()
    document: str = columns.text()
    recorded_by: UUID = columns.reference()
    recorded_at: datetime = columns.instant()
