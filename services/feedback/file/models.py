"""Rows of who looked at whose records, one for each reader, kind of record and day; and of what assistants entered."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Date, Index, Integer, Text
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import Field, SQLModel

from kit import columns


class Lookup(SQLModel, table=True):
    """Somebody read records about somebody else on one day."""

    __tablename__ = "lookups"

    tenant_id: str = columns.tenant()
    servant_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    """Whose records they were."""
    looked_on: date = Field(sa_type=Date, primary_key=True)
    """In the city's zone."""
    reader_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    record: str = Field(sa_type=Text, primary_key=True)
    """See ``rules.Record``."""
    times: int = Field(sa_type=Integer)
    last_at: datetime = columns.instant()


class AssistedEntry(SQLModel, table=True):
    """Something that an assistant entered for a civil servant, in this service or in plans."""

    __tablename__ = "assisted_entries"
    __table_args__ = (Index("ix_assisted_entries_servant", "tenant_id", "servant_id", "id"),)

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    servant_id: UUID = columns.reference()
    assistant_id: UUID = columns.reference()
    act: str = columns.text()
    """Method and path."""
    entered_at: datetime = columns.instant()
