"""Rows of competences: what positions ask for as the registry told, as a cycle froze it, and as it is asked of each person."""

from datetime import date
from uuid import UUID

from sqlalchemy import Date, SmallInteger, Text
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import Field, SQLModel

from kit import columns
from services.evaluation.keys import of_appraisal, of_cycle


class KnownCompetence(SQLModel, table=True):
    """What a position asks for, from a day on, as the registry told it last."""

    __tablename__ = "known_competences"

    tenant_id: str = columns.tenant()
    position_key: str = Field(sa_type=Text, primary_key=True)
    code: str = Field(sa_type=Text, primary_key=True)
    valid_from: date = Field(sa_type=Date, primary_key=True)
    valid_to: date | None = columns.day(nullable=True)
    name: str = columns.text()
    required: int = Field(sa_type=SmallInteger)


class CycleCompetence(SQLModel, table=True):
    """What a position asks for in a cycle; frozen when its people are enrolled, at the latest when planning opens."""

    __tablename__ = "cycle_competences"
    __table_args__ = (of_cycle("cycle_competences"),)

    tenant_id: str = columns.tenant()
    cycle_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    position_key: str = Field(sa_type=Text, primary_key=True)
    code: str = Field(sa_type=Text, primary_key=True)
    name: str = columns.text()
    required: int = Field(sa_type=SmallInteger)


class AppraisalCompetence(SQLModel, table=True):
    """What is asked of one person in a cycle, by the post that he or she holds when the evaluation opens."""

    __tablename__ = "appraisal_competences"
    __table_args__ = (of_appraisal("appraisal_competences"),)

    tenant_id: str = columns.tenant()
    appraisal_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    code: str = Field(sa_type=Text, primary_key=True)
    position_key: str = columns.text()
    name: str = columns.text()
    required: int = Field(sa_type=SmallInteger)
