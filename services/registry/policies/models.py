"""Versions of policies."""

from datetime import datetime
from typing import Any

from sqlalchemy import Integer, Text
from sqlmodel import Field, SQLModel

from kit import columns


class PolicyDocument(SQLModel, table=True):
    """One version of a scope's policy: as given, as it is after inheritance, and where each value comes from."""

    __tablename__ = "policy_documents"

    tenant_id: str = columns.tenant()
    scope: str = Field(sa_type=Text, primary_key=True)
    version: int = Field(sa_type=Integer, primary_key=True)
    inherits: str | None = columns.text(nullable=True)
    document: dict[str, Any] = columns.document()
    effective: dict[str, Any] = columns.document()
    provenance: dict[str, Any] | None = columns.document(nullable=True)
    """By path; none for versions from before it was kept, until their document is submitted again."""
    content_hash: str = columns.text()
    published_at: datetime = columns.instant()
    published_by: str = columns.text()
