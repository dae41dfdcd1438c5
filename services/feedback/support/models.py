"""Rows of what a leader does for a person's work: support that was asked for, coaching, results taken over."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Boolean, Index
from sqlalchemy import text as sql
from sqlmodel import Field, SQLModel

from kit import columns


class SupportRequest(SQLModel, table=True):
    """Resources that a servant asks for, and the leader's answer (PermenPANRB 6/2022 arts 11-13)."""

    __tablename__ = "support_requests"
    __table_args__ = (
        Index("ix_support_requests_leader", "tenant_id", "leader_id"),
        Index("ix_support_requests_servant", "tenant_id", "cycle_id", "servant_id"),
        # Carried on once: two who do it at the same moment make one request.
        Index(
            "uq_support_requests_carried",
            "tenant_id",
            "carried_from",
            unique=True,
            postgresql_where=sql("carried_from is not null"),
        ),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    cycle_id: UUID = columns.reference()
    servant_id: UUID = columns.reference()
    leader_id: UUID = columns.reference()
    kind: str = columns.text()
    text: str = columns.text()
    at: datetime = columns.instant()
    granted: bool | None = Field(default=None, sa_type=Boolean, nullable=True)
    answer: str | None = columns.text(nullable=True)
    answered_by: UUID | None = columns.reference(nullable=True)
    answered_at: datetime | None = columns.instant(nullable=True)
    ended_at: datetime | None = columns.instant(nullable=True)
    """When its ladder ended without an answer."""
    carried_from: UUID | None = columns.reference(nullable=True)
    """The unanswered request of an earlier cycle that this one carries on, knowingly."""
    carried_why: str | None = columns.text(nullable=True)


class Coaching(SQLModel, table=True):
    """Guidance on competence or counselling on behaviour (art. 21; L III)."""

    __tablename__ = "coachings"
    __table_args__ = (
        Index("ix_coachings_servant", "tenant_id", "servant_id"),
        Index("ix_coachings_coach", "tenant_id", "coach_id"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    cycle_id: UUID = columns.reference()
    servant_id: UUID = columns.reference()
    rater_id: UUID = columns.reference()
    authority_id: UUID | None = columns.reference(nullable=True)
    coach_id: UUID = columns.reference()
    kind: str = columns.text()
    topic: str = columns.text()
    state: str = columns.text()
    asked_at: datetime = columns.instant()
    held_on: date | None = columns.day(nullable=True)
    outcome: str | None = columns.text(nullable=True)
    """What goes on to the rater's superior."""
    content: str | None = columns.text(nullable=True)
    """What was spoken about; of counselling for the two of them alone."""
    reported_at: datetime | None = columns.instant(nullable=True)


class TakeOver(SQLModel, table=True):
    """A work result that the leader took over, with a note that counts in the evaluation (art. 20)."""

    __tablename__ = "take_overs"
    # A work result is named by its text: plans are another service's, and what is taken over need not stand in one.
    __table_args__ = (Index("uq_take_overs_result", "tenant_id", "cycle_id", "servant_id", "result", unique=True),)

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    cycle_id: UUID = columns.reference()
    servant_id: UUID = columns.reference()
    leader_id: UUID = columns.reference()
    result: str = columns.text()
    note: str = columns.text()
    at: datetime = columns.instant()
