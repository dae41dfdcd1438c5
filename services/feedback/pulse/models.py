"""Rows of the pulse: counters by unit, question and value, and who has had a turn; no row joins a person to an answer."""

from uuid import UUID

from sqlalchemy import Integer, SmallInteger
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import Field, SQLModel

from kit import columns


class PulseCount(SQLModel, table=True):
    """How many people of a unit gave this value to this question."""

    __tablename__ = "pulse_counts"

    tenant_id: str = columns.tenant()
    cycle_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    unit_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    question: int = Field(sa_type=SmallInteger, primary_key=True)
    """1 for the first statement of the policy."""
    value: int = Field(sa_type=SmallInteger, primary_key=True)
    """1 (not at all) to 5 (fully)."""
    people: int = Field(sa_type=Integer)


class PulseTurn(SQLModel, table=True):
    """Somebody has answered; neither what nor when."""

    __tablename__ = "pulse_turns"

    tenant_id: str = columns.tenant()
    cycle_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    servant_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
