"""The rows of drafts."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Integer, LargeBinary, Text
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import Field, SQLModel

from kit import columns


class Draft(SQLModel, table=True):
    """One form of one person about one thing; encrypted, since it is nobody else's business yet. Never in an event."""

    __tablename__ = "drafts"

    tenant_id: str = columns.tenant()
    servant_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    form: str = Field(sa_type=Text, primary_key=True)
    subject: str = Field(sa_type=Text, primary_key=True)
    body: bytes = Field(sa_type=LargeBinary)
    version: int = Field(sa_type=Integer)
    saved_at: datetime = columns.instant()
