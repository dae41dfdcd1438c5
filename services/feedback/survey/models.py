"""Rows of the survey, as those of the pulse: counters by unit, question and value, and who has had a turn."""

from uuid import UUID

from sqlalchemy import Integer, SmallInteger
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import Field, SQLModel

from kit import columns


class SurveyCount(SQLModel, table=True):
    """How many people of a unit gave this value to this statement."""

    __tablename__ = "survey_counts"

    tenant_id: str = columns.tenant()
    cycle_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    unit_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    question: int = Field(sa_type=SmallInteger, primary_key=True)
    value: int = Field(sa_type=SmallInteger, primary_key=True)
    people: int = Field(sa_type=Integer)


class SurveyTurn(SQLModel, table=True):
    """Somebody has answered; neither what nor when."""

    __tablename__ = "survey_turns"

    tenant_id: str = columns.tenant()
    cycle_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    servant_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
