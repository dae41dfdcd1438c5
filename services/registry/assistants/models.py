"""Rows of declared assistants."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlmodel import SQLModel

from kit import columns


class Assistant(SQLModel, table=True):
    """That somebody enters for a civil servant from a day (included) to a day (included)."""

    __tablename__ = "assistants"
    __table_args__ = (
        Index("ix_assistants_servant", "tenant_id", "servant_id"),
        Index("ix_assistants_assistant", "tenant_id", "assistant_id"),
        CheckConstraint("servant_id <> assistant_id", name="ck_assistants_others"),
        CheckConstraint("valid_until is null or valid_until >= valid_from - 1", name="ck_assistants_span"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    servant_id: UUID = columns.reference()
    assistant_id: UUID = columns.reference()
    valid_from: date = columns.day()
    valid_until: date | None = columns.day(nullable=True)
    reason: str = columns.text()
    recorded_at: datetime = columns.instant()
    recorded_by: UUID = columns.reference()
    ended_at: datetime | None = columns.instant(nullable=True)
    ended_by: UUID | None = columns.reference(nullable=True)
    end_reason: str | None = columns.text(nullable=True)
