"""The rows of the copy."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Date, Index, Integer, SmallInteger, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import Field, SQLModel

from kit import columns


class Unit(SQLModel, table=True):
    """A unit as the registry last emitted it."""

    __tablename__ = "directory_units"

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    revision: int = Field(sa_type=Integer)
    code: str = columns.text()
    name: str = columns.text()
    kind: str = columns.text()
    parent_id: UUID | None = columns.reference(nullable=True)
    scope: str = columns.text()
    period_months: int = Field(sa_type=Integer)
    active: bool = Field(sa_type=Boolean)
    work_days: list[int] | None = Field(default=None, sa_type=ARRAY(SmallInteger), nullable=True)
    """The week that is worked here, Monday = 0; None is the city's."""


class Person(SQLModel, table=True):
    """A civil servant as the registry last emitted it, with today's rater relation."""

    __tablename__ = "directory_people"
    __table_args__ = (
        Index("ix_directory_people_unit", "tenant_id", "unit_id"),
        Index("ix_directory_people_rater", "tenant_id", "rater_id"),
        Index("ix_directory_people_roles", "tenant_id", postgresql_where=text("roles <> '{}'")),
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
    active: bool = Field(sa_type=Boolean)
    status: str = columns.text(default="ACTIVE")


class AssistantCopy(SQLModel, table=True):
    """Who enters for whom from a day (included) to a day (included), as the registry declared it."""

    __tablename__ = "directory_assistants"
    __table_args__ = (Index("ix_directory_assistants_assistant", "tenant_id", "assistant_id", "servant_id"),)

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    servant_id: UUID = columns.reference()
    assistant_id: UUID = columns.reference()
    valid_from: date = columns.day()
    valid_until: date | None = columns.day(nullable=True)


class PolicyCopy(SQLModel, table=True):
    """An effective policy of a scope; every version is kept."""

    __tablename__ = "directory_policies"

    tenant_id: str = columns.tenant()
    scope: str = Field(sa_type=Text, primary_key=True)
    version: int = Field(sa_type=Integer, primary_key=True)
    policy: dict[str, Any] = columns.document()


class CalendarCopy(SQLModel, table=True):
    """The city's newest legal calendar."""

    __tablename__ = "directory_calendars"

    tenant_id: str = columns.tenant()
    version: int = Field(sa_type=Integer)
    calendar: dict[str, Any] = columns.document()


class CycleCopy(SQLModel, table=True):
    """A cycle with its frozen policy."""

    __tablename__ = "directory_cycles"

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    scope: str = columns.text()
    name: str = columns.text()
    period_start: date = Field(sa_type=Date)
    period_end: date = Field(sa_type=Date)
    policy: dict[str, Any] = columns.document()
    phase: str | None = columns.text(nullable=True)
    phase_due_at: datetime | None = columns.instant(nullable=True)
    closed: bool = Field(default=False, sa_type=Boolean)


class Member(SQLModel, table=True):
    """One person in a cycle, with the relations frozen at enrolment."""

    __tablename__ = "directory_members"
    __table_args__ = (
        Index("ix_directory_members_appraisal", "tenant_id", "appraisal_id"),
        # Whom an officer rates in a cycle: looked up at every act of the office.
        Index("ix_directory_members_rater", "tenant_id", "cycle_id", "rater_id"),
    )

    tenant_id: str = columns.tenant()
    cycle_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    servant_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    appraisal_id: UUID = columns.reference()
    unit_id: UUID = columns.reference()
    rater_id: UUID | None = columns.reference(nullable=True)
    authority_id: UUID | None = columns.reference(nullable=True)
    is_head: bool = Field(sa_type=Boolean)


PEOPLE_TABLES: tuple[type[SQLModel], ...] = (Unit, Person, PolicyCopy, CalendarCopy)
CYCLE_TABLES: tuple[type[SQLModel], ...] = (CycleCopy, Member)
ASSISTANT_TABLES: tuple[type[SQLModel], ...] = (AssistantCopy,)
"""Of services whose routes assistants may use for somebody else."""
