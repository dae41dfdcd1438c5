"""Rows of the quiz: its questions, the score of each person, and counters of first answers, which lead to nobody."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Integer, SmallInteger, UniqueConstraint
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import Field, SQLModel

from kit import columns


class QuizQuestion(SQLModel, table=True):
    """One question of a cycle's quiz."""

    __tablename__ = "quiz_questions"
    __table_args__ = (UniqueConstraint("tenant_id", "cycle_id", "number", name="uq_quiz_questions_number"),)

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    cycle_id: UUID = columns.reference()
    number: int = Field(sa_type=Integer)
    content: dict[str, Any] = columns.document()
    """A ``contracts.policy.Question``."""
    kept_by: UUID | None = columns.reference(nullable=True)
    """None of those of the policy."""
    kept_at: datetime = columns.instant()
    retired_at: datetime | None = columns.instant(nullable=True)


class QuizScore(SQLModel, table=True):
    """How somebody did; read by that person alone."""

    __tablename__ = "quiz_scores"

    tenant_id: str = columns.tenant()
    cycle_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    servant_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    attempts: int = Field(sa_type=Integer)
    best: int = Field(sa_type=SmallInteger)
    """Per cent."""
    last: int = Field(sa_type=SmallInteger)
    """Right answers of the last attempt, of ``asked``."""
    asked: int = Field(sa_type=SmallInteger)
    answered_at: datetime = columns.instant()


class QuizCount(SQLModel, table=True):
    """How many chose an option when they answered for the first time, before anybody told them what is right."""

    __tablename__ = "quiz_counts"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "question_id"], ["quiz_questions.tenant_id", "quiz_questions.id"]),
    )

    tenant_id: str = columns.tenant()
    question_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    option: int = Field(sa_type=SmallInteger, primary_key=True)
    people: int = Field(sa_type=Integer)
