"""Rows of what people tell one another: feedback, ideas to the leader, clarifications of a provisional result."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Index, text
from sqlmodel import Field, SQLModel

from kit import columns


class FeedbackItem(SQLModel, table=True):
    """What somebody observed about somebody else, and how to go on."""

    __tablename__ = "feedbacks"
    __table_args__ = (
        Index("ix_feedbacks_about", "tenant_id", "cycle_id", "about_id", "id"),
        Index("ix_feedbacks_author", "tenant_id", "cycle_id", "author_id"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    cycle_id: UUID = columns.reference()
    about_id: UUID = columns.reference()
    author_id: UUID = columns.reference()
    direction: str = columns.text()
    what: str = columns.text()
    how: str = columns.text()
    strengths: list[str] = columns.texts()
    areas: list[str] = columns.texts()
    evidence: list[Any] = columns.document()
    visibility: str = columns.text()
    occasion: str = columns.text()
    channel: str = columns.text()
    concern: str = columns.text(default="")
    """In what way others are concerned."""
    given_at: datetime = columns.instant()
    answer: str | None = columns.text(nullable=True)
    answered_at: datetime | None = columns.instant(nullable=True)


class Idea(SQLModel, table=True):
    """What a subordinate brought to the leader, and the leader's answer."""

    __tablename__ = "ideas"
    __table_args__ = (
        Index("uq_ideas_title", "tenant_id", "cycle_id", "author_id", "title", unique=True),
        Index("ix_ideas_leader", "tenant_id", "leader_id"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    cycle_id: UUID = columns.reference()
    author_id: UUID = columns.reference()
    leader_id: UUID = columns.reference()
    title: str = columns.text()
    text: str = columns.text()
    at: datetime = columns.instant()
    answer: str | None = columns.text(nullable=True)
    adopted: bool | None = Field(default=None, sa_type=Boolean, nullable=True)
    answered_by: UUID | None = columns.reference(nullable=True)
    answered_at: datetime | None = columns.instant(nullable=True)


class Clarification(SQLModel, table=True):
    """A servant asks about a provisional result, or argues that it does not match reality."""

    __tablename__ = "clarifications"
    __table_args__ = (
        Index(
            "uq_clarifications_open", "tenant_id", "appraisal_id", unique=True, postgresql_where=text("state = 'OPEN'")
        ),
        Index("ix_clarifications_servant", "tenant_id", "servant_id", "id"),
        Index("ix_clarifications_rater", "tenant_id", "rater_id", "id"),
        Index("ix_clarifications_cycle", "tenant_id", "cycle_id", "state"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    cycle_id: UUID = columns.reference()
    appraisal_id: UUID = columns.reference()
    servant_id: UUID = columns.reference()
    rater_id: UUID = columns.reference()
    text: str = columns.text()
    items: list[Any] = columns.document()
    evidence: list[Any] = columns.document()
    asked_at: datetime = columns.instant()
    state: str = columns.text()
    reason: str | None = columns.text(nullable=True)
    result_rating: str | None = columns.text(nullable=True)
    behaviour_rating: str | None = columns.text(nullable=True)
    answered_by: UUID | None = columns.reference(nullable=True)
    answered_at: datetime | None = columns.instant(nullable=True)
