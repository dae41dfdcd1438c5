"""Rows of reviews of the appraisal system itself: each with its actions, and what people said."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, SmallInteger, UniqueConstraint
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import Field, SQLModel

from kit import columns
from services.evaluation.keys import of_cycle
from services.evaluation.reviews.rules import ActionState


class SystemReview(SQLModel, table=True):
    """What the performance office found about the appraisal system itself."""

    __tablename__ = "system_reviews"
    __table_args__ = (of_cycle("system_reviews"),)

    tenant_id: str = columns.tenant()
    cycle_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    metrics: dict[str, Any] = columns.document()
    findings: str = columns.text()
    actions: list[str] = columns.document()
    """In words; each is a ``ReviewAction`` as well."""
    spread: list[dict[str, Any]] | None = columns.document(nullable=True)
    on_time: list[dict[str, Any]] | None = columns.document(nullable=True)
    """Both as ``rules`` shows them; None of reviews before they were kept."""
    reviewed_by: UUID = columns.reference()
    reviewed_at: datetime = columns.instant()


class ReviewAction(SQLModel, table=True):
    """Something that was decided in a review."""

    __tablename__ = "review_actions"
    __table_args__ = (
        of_cycle("review_actions"),
        UniqueConstraint("tenant_id", "cycle_id", "number", name="uq_review_actions_number"),
        columns.one_of("state", ActionState, "ck_review_actions_state"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    cycle_id: UUID = columns.reference()
    number: int = Field(sa_type=SmallInteger)
    what: str = columns.text()
    responsible_id: UUID | None = columns.reference(nullable=True)
    """None of actions from before this was asked."""
    until: date | None = columns.day(nullable=True)
    state: str = columns.text(default=ActionState.OPEN.value)
    word: str | None = columns.text(nullable=True)
    """What was last said about it."""
    marked_by: UUID | None = columns.reference(nullable=True)
    marked_at: datetime | None = columns.instant(nullable=True)


class SystemSurvey(SQLModel, table=True):
    """What people said of the system in a cycle, as feedback told it."""

    __tablename__ = "system_surveys"
    __table_args__ = (of_cycle("system_surveys"),)

    tenant_id: str = columns.tenant()
    cycle_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    people: int | None = Field(default=None, sa_type=Integer, nullable=True)
    means: list[str] = columns.document()
    told_at: datetime = columns.instant()
