"""Rows of looks: one for each reader, kind of record and day; of a list of everybody one for the whole list."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, Index, Integer, Text
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import Field, SQLModel

from kit import columns
from kit.actor import NOBODY

EVERYBODY = NOBODY
"""Whose records a list of everybody shows; no person has this id."""
NO_FILTER = ""


class Lookup(SQLModel, table=True):
    """Somebody read records about somebody else on one day, so many times."""

    __tablename__ = "lookups"
    __table_args__ = (
        Index("ix_lookups_looked_on", "tenant_id", "looked_on"),
        CheckConstraint("servant_id <> reader_id and times >= 1", name="ck_lookups_others"),
    )

    tenant_id: str = columns.tenant()
    servant_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    """Whose records they were, or ``EVERYBODY``."""
    looked_on: date = Field(sa_type=Date, primary_key=True)
    """In the city's zone."""
    reader_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    record: str = Field(sa_type=Text, primary_key=True)
    """What was read: a word of the service's own."""
    filter: str = Field(sa_type=Text, primary_key=True)
    """Of a list of everybody: its cycle; ``NO_FILTER`` where it has none, and of a single person's record."""
    cycle_id: UUID | None = columns.reference(nullable=True)
    """The same as an id: everybody in that cycle stands in the list."""
    role: str = columns.text()
    """How the reader stands to the person (``contracts.base.Relation``); empty: by an obligation, a visit, or as before."""
    times: int = Field(sa_type=Integer)
    last_at: datetime = columns.instant()
