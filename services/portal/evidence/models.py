"""The rows of files."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Integer, text
from sqlmodel import Field, SQLModel

from kit import columns


class EvidenceFile(SQLModel, table=True):
    """A file that arrives or is stored; its content lies in the object store."""

    __tablename__ = "evidence_files"
    __table_args__ = (
        CheckConstraint("state in ('ARRIVING', 'STORED')", name="ck_evidence_files_state"),
        CheckConstraint("received between 0 and size", name="ck_evidence_files_received"),
        Index("ix_evidence_files_about", "tenant_id", "service", "path"),
        Index("ix_evidence_files_arriving", "id", postgresql_where=text("state = 'ARRIVING'")),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    uploader_id: UUID = columns.reference()
    service: str = columns.text()
    path: str = columns.text()
    """Where the record is read that it proves: who may read that may see this. Empty until there is one: the uploader's."""
    name: str = columns.text()
    size: int = Field(sa_type=Integer)
    received: int = Field(sa_type=Integer)
    media_type: str | None = columns.text(nullable=True)
    sha256: str | None = columns.text(nullable=True)
    state: str = columns.text()
    begun_at: datetime = columns.instant()
    stored_at: datetime | None = columns.instant(nullable=True)
