"""Rows of what the community answered; who answered is in none of them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Integer, Text
from sqlmodel import Field, SQLModel

from kit import columns


class CommunityFile(SQLModel, table=True):
    """A file that was taken in; of itself nothing but its digest is kept."""

    __tablename__ = "community_files"

    tenant_id: str = columns.tenant()
    cycle_id: UUID = columns.identity()
    sha256: str = Field(sa_type=Text, primary_key=True)
    id: UUID = columns.reference()
    counts: int = Field(sa_type=Integer)
    """So many different things it said."""
    recorded_by: UUID = columns.reference()
    recorded_at: datetime = columns.instant()


class CommunityResponse(SQLModel, table=True):
    """So many answered one survey, or complained or wrote about one thing, as the newest file has it."""

    __tablename__ = "community_responses"
    __table_args__ = (
        CheckConstraint("target in ('UNIT', 'PERSON', 'INDICATOR')", name="ck_community_responses_target"),
        CheckConstraint("(servant_id is null) = (target = 'UNIT')", name="ck_community_responses_servant"),
        CheckConstraint("kind in ('SURVEY', 'COMPLAINTS', 'LETTERS')", name="ck_community_responses_kind"),
        Index(
            "uq_community_responses_said",
            *("tenant_id", "cycle_id", "subject_id", "kind", "reference", "title"),
            unique=True,
        ),
        Index("ix_community_responses_id", "tenant_id", "cycle_id", "id"),
        Index("ix_community_responses_servant", "tenant_id", "servant_id"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    cycle_id: UUID = columns.reference()
    target: str = columns.text()
    subject_id: UUID = columns.reference()
    """Of the unit, the person or the indicator."""
    servant_id: UUID | None = columns.reference(nullable=True)
    kind: str = columns.text()
    title: str = columns.text()
    reference: str = columns.text()
    count: int = Field(sa_type=Integer)
    on_day: date | None = columns.day(nullable=True)
    """The day of the last answer."""
    file_id: UUID = columns.reference()
    recorded_at: datetime = columns.instant()
