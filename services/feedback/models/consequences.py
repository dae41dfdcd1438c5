"""Rows of what follows a final result: development actions and recognitions, each decided by a person."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import SQLModel

from kit import columns


class DevelopmentAction(SQLModel, table=True):
    """Training, coaching, counselling or mentoring that a result below target asks for."""

    __tablename__ = "development_actions"
    __table_args__ = (
        Index("uq_development_actions_servant", "tenant_id", "cycle_id", "servant_id", unique=True),
        Index("ix_development_actions_rater", "tenant_id", "rater_id"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    cycle_id: UUID = columns.reference()
    servant_id: UUID = columns.reference()
    rater_id: UUID = columns.reference()
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
    __table_args__ = (Index("uq_recognitions_servant", "tenant_id", "cycle_id", "servant_id", unique=True),)

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    cycle_id: UUID = columns.reference()
    servant_id: UUID = columns.reference()
    kind: str = columns.text()
    basis: str = columns.text()
    state: str = columns.text()
    decided_by: UUID | None = columns.reference(nullable=True)
    decided_at: datetime | None = columns.instant(nullable=True)
    reason: str | None = columns.text(nullable=True)
