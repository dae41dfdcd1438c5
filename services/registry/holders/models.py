"""Declared holders of an office, and the accounts of those among them who are no civil servants."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Boolean, CheckConstraint, Index, Integer, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel

from contracts.base import Role
from kit import columns


class Account(SQLModel, table=True):
    """Somebody without a NIP who may sign in: a mayor, an auditor from elsewhere, a machine."""

    __tablename__ = "accounts"

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    revision: int = Field(sa_type=Integer)
    name: str = columns.text()
    email: str = columns.text()
    language: str = columns.text()
    roles: list[str] = Field(sa_type=ARRAY(Text))
    """Those that count today, as last emitted."""
    active: bool = Field(default=True, sa_type=Boolean)
    recorded_at: datetime = columns.instant()


class Declaration(SQLModel, table=True):
    """That a person holds a role from a day (included) to a day (included)."""

    __tablename__ = "office_holders"
    __table_args__ = (
        Index("ix_office_holders_person", "tenant_id", "person_id"),
        # What may have to begin or end in any city: nothing that began is looked for unless it has an end.
        Index(
            "ix_office_holders_due",
            "valid_from",
            "tenant_id",
            postgresql_where=text("not applied or valid_until is not null"),
        ),
        columns.one_of("role", Role, "ck_office_holders_role"),
        CheckConstraint("valid_until is null or valid_until >= valid_from - 1", name="ck_office_holders_span"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    person_id: UUID = columns.reference()
    role: str = columns.text()
    valid_from: date = columns.day()
    valid_until: date | None = columns.day(nullable=True)
    reason: str = columns.text()
    """The decree's number."""
    recorded_at: datetime = columns.instant()
    recorded_by: UUID = columns.reference()
    ended_at: datetime | None = columns.instant(nullable=True)
    ended_by: UUID | None = columns.reference(nullable=True)
    end_reason: str | None = columns.text(nullable=True)
    applied: bool = Field(default=False, sa_type=Boolean)
    """Whether the person has the role now, as far as that was emitted."""
