"""Column types for rows: text without length, aware instants, JSON, exact scores."""

from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Date, Numeric, Table, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TIMESTAMP
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import Field, SQLModel

from contracts.base import new_id


def table_of(rows: type[SQLModel]) -> Table:
    """The table of a row class, for statements that are about the table and not about its rows."""
    return rows.metadata.tables[str(rows.__tablename__)]


def tenant() -> Any:
    """The city; first column of every key and index, and what row-level security looks at."""
    return Field(sa_type=Text, primary_key=True)


def identity() -> Any:
    """A UUIDv7 key made in code; with the tenant it is the primary key."""
    return Field(default_factory=new_id, sa_type=PG_UUID, primary_key=True)


def reference(*, nullable: bool = False) -> Any:
    """The id of something here or in another service."""
    return _field(PG_UUID, nullable=nullable)


def text(*, nullable: bool = False, default: Any = ...) -> Any:
    """Text of any length; enums are stored so, with a CHECK."""
    return _field(Text, nullable=nullable, default=default)


def instant(*, nullable: bool = False) -> Any:
    """An aware instant (timestamptz)."""
    return _field(TIMESTAMP(timezone=True), nullable=nullable)


def day(*, nullable: bool = False) -> Any:
    """A date without time."""
    return _field(Date, nullable=nullable)


def score(*, nullable: bool = False) -> Any:
    """An exact decimal."""
    return _field(Numeric, nullable=nullable)


def document(*, nullable: bool = False, default: Any = ...) -> Any:
    """A JSON document (jsonb)."""
    return _field(JSONB, nullable=nullable, default=default)


def texts() -> Any:
    """A list of texts (text[])."""
    return _field(ARRAY(Text), nullable=False)


def one_of(column: str, words: type[StrEnum], name: str) -> CheckConstraint:
    """A CHECK that a text column holds one of these words."""
    listed = ", ".join(f"'{word.value}'" for word in words)
    return CheckConstraint(f"{column} in ({listed})", name=name)


def _field(kind: Any, *, nullable: bool, default: Any = ...) -> Any:
    if default is ... and nullable:
        return Field(default=None, sa_type=kind, nullable=True)
    if default is ...:
        return Field(sa_type=kind, nullable=False)
    return Field(default=default, sa_type=kind, nullable=nullable)
