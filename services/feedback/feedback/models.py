"""Rows of feedback."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import SQLModel

from kit import columns


class FeedbackItem(SQLModel, table=True):
    """What somebody observed about somebody else, and how to go on."""

    __tablename__ = "feedbacks"
    __table_args__ = (
        # With the id last: lists are read by it, newest first, without sorting.
        Index("ix_feedbacks_about", "tenant_id", "cycle_id", "about_id", "id"),
        Index("ix_feedbacks_author", "tenant_id", "cycle_id", "author_id"),
        Index("ix_feedbacks_activity", "tenant_id", "activity_id", postgresql_where=text("activity_id is not null")),
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
    activity_id: UUID | None = columns.reference(nullable=True)
    """The entry of the daily log that it is about."""
    given_at: datetime = columns.instant()
    answer: str | None = columns.text(nullable=True)
    answered_at: datetime | None = columns.instant(nullable=True)
