"""Rows of the copy of good practices: what a plan needs to know of one."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Boolean
from sqlmodel import Field, SQLModel

from kit import columns


class KnownPractice(SQLModel, table=True):
    """A good practice as evaluation published it last."""

    __tablename__ = "known_practices"

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    title: str = columns.text()
    available: bool = Field(sa_type=Boolean)
    """Whether it is in the library; plans that took it over before keep it."""
    told_at: datetime = columns.instant()
