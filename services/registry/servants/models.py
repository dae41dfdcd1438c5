"""Civil servants, and who rates them from when to when."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Boolean, CheckConstraint, Date, Index, Integer, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import Field, SQLModel

from contracts.registry.personnel import Status
from kit import columns
from services.registry.servants.rules.positions import EmploymentType, PositionKind
from services.registry.servants.rules.relations import RelationSource


class Servant(SQLModel, table=True):
    """A civil servant as he or she now is; rater and authority are today's, as last emitted."""

    __tablename__ = "servants"
    __table_args__ = (
        Index("uq_servants_nip", "tenant_id", "nip", unique=True),
        Index("ix_servants_name", "tenant_id", "name", "id"),
        Index("ix_servants_unit_id", "tenant_id", "unit_id"),
        Index("ix_servants_rater_id", "tenant_id", "rater_id"),
        columns.one_of("employment_type", EmploymentType, "ck_servants_employment_type"),
        columns.one_of("position_kind", PositionKind, "ck_servants_position_kind"),
        columns.one_of("status", Status, "ck_servants_status"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    revision: int = Field(sa_type=Integer)
    nip: str = columns.text()
    name: str = columns.text()
    email: str = columns.text()
    employment_type: str = columns.text()
    grade: str = columns.text()
    position: str = columns.text()
    position_kind: str = columns.text()
    unit_id: UUID = columns.reference()
    is_head: bool = Field(sa_type=Boolean)
    rater_id: UUID | None = columns.reference(nullable=True)
    authority_id: UUID | None = columns.reference(nullable=True)
    roles: list[str] = Field(sa_type=ARRAY(Text))
    language: str = columns.text()
    active: bool = Field(default=True, sa_type=Boolean)
    status: str = columns.text(default=Status.ACTIVE.value)
    status_since: date | None = columns.day(nullable=True)
    held_roles: list[str] = Field(default_factory=list, sa_type=ARRAY(Text))
    """What the office declared and counts today, beside ``roles`` that a file gives."""


class RaterRelation(SQLModel, table=True):
    """Who rates a civil servant from a day (included) to a day (excluded); never two at once.

    The reviewing authority of a day is the rater's rater on that day.
    """

    __tablename__ = "rater_relations"
    __table_args__ = (
        Index("ix_rater_relations_rater_id", "tenant_id", "rater_id"),
        columns.one_of("source", RelationSource, "ck_rater_relations_source"),
        CheckConstraint("valid_to is null or valid_to > valid_from", name="ck_rater_relations_span"),
    )

    tenant_id: str = columns.tenant()
    servant_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    valid_from: date = Field(sa_type=Date, primary_key=True)
    valid_to: date | None = columns.day(nullable=True)
    rater_id: UUID = columns.reference()
    source: str = columns.text()
    reason: str | None = columns.text(nullable=True)
    recorded_at: datetime = columns.instant()
    recorded_by: str = columns.text()
    acting_for_id: UUID | None = columns.reference(nullable=True)
    """The regional head for whom the rater acts (L IV.A.12)."""
    change_id: UUID | None = columns.reference(nullable=True)
    """The change of personnel that it comes from."""
