"""Rows of what follows a final result: development actions and recognitions, each decided by a person."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import SQLModel

from kit import columns


def _one_in_force(name: str, kind: str) -> Index:
    """One of each kind for each person and cycle; those of a superseded result are kept beside it."""
    # The literal is part of the index in the database: what is inserted on conflict names no other condition.
    in_force = text("state <> 'SUPERSEDED'")
    return Index(name, "tenant_id", "cycle_id", "servant_id", kind, unique=True, postgresql_where=in_force)


class DevelopmentAction(SQLModel, table=True):
    """Training, coaching, counselling or mentoring that a result asks for, or an accepted proposal."""

    __tablename__ = "development_actions"
    __table_args__ = (
        _one_in_force("uq_development_actions_need", "need"),
        Index("ix_development_actions_rater", "tenant_id", "rater_id"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    cycle_id: UUID = columns.reference()
    servant_id: UUID = columns.reference()
    rater_id: UUID = columns.reference()
    result_id: UUID | None = columns.reference(nullable=True)
    """The version of the result that asked for it."""
    need: str = columns.text(default="DEVELOPMENT")
    """See ``rules.states.Need``."""
    proposal_id: UUID | None = columns.reference(nullable=True)
    """The proposal that the competent official accepted."""
    reason: str = columns.text()
    state: str = columns.text()
    kind: str | None = columns.text(nullable=True)
    what: str | None = columns.text(nullable=True)
    how: str | None = columns.text(nullable=True)
    due_on: date | None = columns.day(nullable=True)
    planned_by: UUID | None = columns.reference(nullable=True)
    outcome: str | None = columns.text(nullable=True)
    completed_at: datetime | None = columns.instant(nullable=True)
    ended_at: datetime | None = columns.instant(nullable=True)
    """When it ended in another way: it was not held, or nobody recorded what came of it."""


class Recognition(SQLModel, table=True):
    """A result among the best, proposed to the competent official."""

    __tablename__ = "recognitions"
    __table_args__ = (_one_in_force("uq_recognitions_kind", "kind"),)

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
    proposal_id: UUID | None = columns.reference(nullable=True)
    """The accepted proposal that it came from: a reward for an innovation."""
    document: dict[str, Any] | None = columns.document(nullable=True)
    """The decree or certificate, as evidence."""
