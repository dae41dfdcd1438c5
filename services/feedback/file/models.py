"""Rows of what assistants entered for others."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import SQLModel

from kit import columns


class AssistedEntry(SQLModel, table=True):
    """Something that an assistant entered for a civil servant, here, in plans or in evaluation."""

    __tablename__ = "assisted_entries"
    __table_args__ = (Index("ix_assisted_entries_servant", "tenant_id", "servant_id", "id"),)

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    servant_id: UUID = columns.reference()
    assistant_id: UUID = columns.reference()
    act: str = columns.text()
    """Method and path."""
    entered_at: datetime = columns.instant()
