"""Rows of ideas."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Boolean, Index
from sqlmodel import Field, SQLModel

from kit import columns


class Idea(SQLModel, table=True):
    """What a subordinate submitted to the leader, and the leader's answer."""

    __tablename__ = "ideas"
    __table_args__ = (
        # The same title twice is one idea; the command looks first, this holds it for two at once.
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
    shared: bool = Field(default=False, sa_type=Boolean)
    """Colleagues of the unit see it, with its answer."""
    answer: str | None = columns.text(nullable=True)
    adopted: bool | None = Field(default=None, sa_type=Boolean, nullable=True)
    answered_by: UUID | None = columns.reference(nullable=True)
    answered_at: datetime | None = columns.instant(nullable=True)
