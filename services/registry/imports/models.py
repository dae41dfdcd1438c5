"""Imports, and what each line of their files did."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Integer, Text
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import Field, SQLModel

from kit import columns


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


class ImportMapping(SQLModel, table=True):
    """What an office confirmed of the columns of its own table."""

    __tablename__ = "import_mappings"

    tenant_id: str = columns.tenant()
    key: str = Field(sa_type=Text, primary_key=True)
    """Of the header."""
    header: list[str] = columns.document()
    fields_by_name: dict[str, str] = columns.document()
    """The header of the column by field."""
    answers: dict[str, Any] = columns.document()
    """By field: what values mean that are ambiguous."""
    confirmed_at: datetime = columns.instant()
    confirmed_by: UUID = columns.reference()
