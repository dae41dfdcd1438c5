"""Rows of what follows a final result: development actions and recognitions, each decided by a person."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import SQLModel

from kit import columns


def _one_in_force(name: str) -> Index:
    """One for each person and cycle; those of a superseded result are kept beside it."""
    # The literal is part of the index in the database: what is inserted on conflict names no other condition.
    in_force = text("state <> 'SUPERSEDED'")
    return Index(name, "tenant_id", "cycle_id", "servant_id", unique=True, postgresql_where=in_force)


class DevelopmentAction(SQLModel, table=True):
    """Training, coaching, counselling or mentoring that a result below target asks for."""

    __tablename__ = "development_actions"
    __table_args__ = (
        _one_in_force("uq_development_actions_servant"),
        Index("ix_development_actions_rater", "tenant_id", "rater_id"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    cycle_id: UUID = columns.reference()
    servant_id: UUID = columns.reference()
    rater_id: UUID = columns.reference()
    result_id: UUID | None = columns.reference(nullable=True)
    """The version of the result that asked for it."""
    reason: str = columns.text()
    state: str = columns.text()
    kind: str | None = columns.text(nullable=True)
    what: str | None = columns.text(nullable=True)
    how: str | None = columns.text(nullable=True)
    due_on: date | None = columns.day(nullable=True)
    planned_by: UUID | None = columns.reference(nullable=True)
    outcome: str | None = columns.text(nullable=True)
    completed_at: datetime | None = columns.instant(nullable=True)


class Recognition(SQLModel, table=True):
    """A result among the best, proposed to the competent official."""

    __tablename__ = "recognitions"
    __table_args__ = (_one_in_force("uq_recognitions_servant"),)

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    cycle_id: UUID = columns.reference()
    servant_id: UUID = columns.reference()
    result_id: UUID | None = columns.reference(nullable=True)
    """The version of the result that it honours."""
    kind: str = columns.text()
    basis: str = columns.text()
    state: str = columns.text()
    decided_by: UUID | None = columns.reference(nullable=True)
    decided_at: datetime | None = columns.instant(nullable=True)
    reason: str | None = columns.text(nullable=True)
