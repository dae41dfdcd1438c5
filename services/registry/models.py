"""The rows of the registry."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, CheckConstraint, Date, Index, Integer, SmallInteger, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import Field, SQLModel

from contracts.registry.personnel import ChangeKind, Status
from kit import columns
from kit.answers import Answer
from kit.inbox import Inbox
from kit.journal import Journal, JournalHead
from kit.outbox import Outbox
from kit.outbox_dead import OutboxDead
from obligations.rows import ObligationRow
from services.registry.rules.words import ChangeState, EmploymentType, PositionKind, RelationSource, UnitKind


def _one_of(column: str, words: type[StrEnum], name: str) -> Any:
    listed = ", ".join(f"'{word.value}'" for word in words)
    return CheckConstraint(f"{column} in ({listed})", name=name)


class Unit(SQLModel, table=True):
    """A unit as it now is, with what applies to it after inheritance."""

    __tablename__ = "units"
    __table_args__ = (
        Index("uq_units_code", "tenant_id", "code", unique=True),
        _one_of("kind", UnitKind, "ck_units_kind"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    revision: int = Field(sa_type=Integer)
    code: str = columns.text()
    name: str = columns.text()
    kind: str = columns.text()
    parent_id: UUID | None = columns.reference(nullable=True)
    own_period_months: int | None = Field(default=None, sa_type=SmallInteger, nullable=True)
    """What the agency chose; None means the policy's."""
    scope: str = columns.text()
    period_months: int = Field(sa_type=SmallInteger)
    active: bool = Field(default=True, sa_type=Boolean)
    own_work_days: list[int] | None = Field(default=None, sa_type=ARRAY(SmallInteger), nullable=True)
    """What the unit itself works, Monday = 0; None means as the unit above."""
    work_days: list[int] | None = Field(default=None, sa_type=ARRAY(SmallInteger), nullable=True)
    """What applies here; None means the city's week."""


class Servant(SQLModel, table=True):
    """A civil servant as he or she now is; rater and authority are today's, as last told."""

    __tablename__ = "servants"
    __table_args__ = (
        Index("uq_servants_nip", "tenant_id", "nip", unique=True),
        Index("ix_servants_name", "tenant_id", "name", "id"),
        Index("ix_servants_unit_id", "tenant_id", "unit_id"),
        Index("ix_servants_rater_id", "tenant_id", "rater_id"),
        _one_of("employment_type", EmploymentType, "ck_servants_employment_type"),
        _one_of("position_kind", PositionKind, "ck_servants_position_kind"),
        _one_of("status", Status, "ck_servants_status"),
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


class RaterRelation(SQLModel, table=True):
    """Who rates a civil servant from a day (included) to a day (excluded); never two at once.

    The reviewing authority of a day is the rater's rater on that day.
    """

    __tablename__ = "rater_relations"
    __table_args__ = (
        Index("ix_rater_relations_rater_id", "tenant_id", "rater_id"),
        _one_of("source", RelationSource, "ck_rater_relations_source"),
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
    change_id: UUID | None = columns.reference(nullable=True)
    """The change of personnel that it comes from."""


class PersonnelChange(SQLModel, table=True):
    """Something that changes about a person from a day on; planned until its day has come."""

    __tablename__ = "personnel_changes"
    __table_args__ = (
        Index("ix_personnel_changes_servant", "tenant_id", "servant_id", "effective_on"),
        Index("ix_personnel_changes_planned", "effective_on", "tenant_id", postgresql_where=text("state = 'PLANNED'")),
        _one_of("kind", ChangeKind, "ck_personnel_changes_kind"),
        _one_of("state", ChangeState, "ck_personnel_changes_state"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    servant_id: UUID = columns.reference()
    kind: str = columns.text()
    effective_on: date = columns.day()
    until: date | None = columns.day(nullable=True)
    """Last day, where the change ends by itself."""
    payload: dict[str, Any] = columns.document()
    """What becomes of the person, as ``rules/changes.py`` reads it."""
    reason: str = columns.text()
    state: str = columns.text()
    follows: UUID | None = columns.reference(nullable=True)
    """The change that this one ends."""
    recorded_at: datetime = columns.instant()
    recorded_by: UUID = columns.reference()
    applied_at: datetime | None = columns.instant(nullable=True)
    note: str | None = columns.text(nullable=True)
    """Why it could not be applied on its day."""


class Outage(SQLModel, table=True):
    """The system was down for a time; what fell due meanwhile was extended."""

    __tablename__ = "outages"
    __table_args__ = (
        Index("uq_outages_span", "tenant_id", "began_at", "ended_at", unique=True),
        CheckConstraint("ended_at > began_at", name="ck_outages_span"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    began_at: datetime = columns.instant()
    ended_at: datetime = columns.instant()
    reason: str = columns.text()
    recorded_at: datetime = columns.instant()
    recorded_by: UUID = columns.reference()


class PolicyDocument(SQLModel, table=True):
    """One version of a scope's policy: as given, as it is after inheritance, and where each value comes from."""

    __tablename__ = "policy_documents"

    tenant_id: str = columns.tenant()
    scope: str = Field(sa_type=Text, primary_key=True)
    version: int = Field(sa_type=Integer, primary_key=True)
    inherits: str | None = columns.text(nullable=True)
    document: dict[str, Any] = columns.document()
    effective: dict[str, Any] = columns.document()
    provenance: dict[str, Any] | None = columns.document(nullable=True)
    """By path; none for versions from before it was kept, until their document is brought again."""
    content_hash: str = columns.text()
    published_at: datetime = columns.instant()
    published_by: str = columns.text()


class Calendar(SQLModel, table=True):
    """One version of a city's legal calendar."""

    __tablename__ = "calendars"

    tenant_id: str = columns.tenant()
    version: int = Field(sa_type=Integer, primary_key=True)
    calendar: dict[str, Any] = columns.document()
    days: list[dict[str, Any]] | None = columns.document(nullable=True)
    """Every day that differs from the week: its origin, its name, and who says so."""
    until: date = columns.day()
    published_at: datetime = columns.instant()


class Import(SQLModel, table=True):
    """An import that was taken in, and what it changed."""

    __tablename__ = "imports"

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    imported_at: datetime = columns.instant()
    imported_by: str = columns.text()
    files: list[dict[str, Any]] = columns.document()
    """Name, size and SHA-256 of each."""
    counts: dict[str, Any] = columns.document()


class ImportRow(SQLModel, table=True):
    """What one line of an imported file did."""

    __tablename__ = "import_rows"
    __table_args__ = (
        CheckConstraint("outcome in ('created', 'changed', 'unchanged', 'not in file')", name="ck_import_rows_outcome"),
        Index("ix_import_rows_outcome", "tenant_id", "import_id", "outcome", "number"),
    )

    tenant_id: str = columns.tenant()
    import_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    number: int = Field(sa_type=Integer, primary_key=True)
    file: str = columns.text()
    line: int | None = Field(default=None, sa_type=Integer, nullable=True)
    subject_id: UUID = columns.reference()
    code: str = columns.text()
    """Unit code or NIP."""
    outcome: str = columns.text()
    note: str | None = columns.text(nullable=True)


OWN_TABLES: tuple[type[SQLModel], ...] = (
    Unit,
    Servant,
    RaterRelation,
    PersonnelChange,
    Outage,
    PolicyDocument,
    Calendar,
    Import,
    ImportRow,
)
KIT_MODELS: tuple[type[SQLModel], ...] = (Outbox, OutboxDead, Journal, JournalHead, Inbox, Answer, ObligationRow)
TABLES: tuple[type[SQLModel], ...] = OWN_TABLES
