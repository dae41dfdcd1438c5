"""Rows of who looked at whose records: one for each reader, kind of record and day."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Date, Integer, Text
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
