"""Rows of papers that were made: by what each is recognised, never what it says."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, Text
from sqlmodel import Field, SQLModel

from contracts.portal.papers import PaperKind
from kit import columns


class MadePaper(SQLModel, table=True):
    """A paper; whoever holds it may have its file compared with the hash."""

    __tablename__ = "papers"
    __table_args__ = (
        columns.one_of("kind", PaperKind, "ck_papers_kind"),
        Index("ix_papers_subject", "tenant_id", "subject_id", "kind", "language", "made_at"),
    )

    tenant_id: str = columns.tenant()
    code: str = Field(sa_type=Text, primary_key=True)
    kind: str = columns.text()
    subject_id: UUID = columns.reference()
    servant_id: UUID | None = columns.reference(nullable=True)
    cycle_id: UUID | None = columns.reference(nullable=True)
    language: str = columns.text()
    content_hash: str = columns.text()
    pdf_hash: str = columns.text()
    made_at: datetime = columns.instant()
