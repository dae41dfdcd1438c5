"""Rows that repeat what evaluation's events say of results, as far as clarifications, objections and consequences need it."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Index, SmallInteger, text
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import Field, SQLModel

from kit import columns


class ProvisionalCopy(SQLModel, table=True):
    """Ratings that stand but are not issued yet."""

    __tablename__ = "provisional_copies"

    tenant_id: str = columns.tenant()
    appraisal_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    cycle_id: UUID = columns.reference()
    servant_id: UUID = columns.reference()
    rater_id: UUID = columns.reference()
    result_rating: str = columns.text()
    behaviour_rating: str = columns.text()
    predicate: str = columns.text()
    clarify_until: datetime = columns.instant()
    criteria: dict[str, Any] | None = columns.document(nullable=True)
    indicators: dict[str, Any] | None = columns.document(nullable=True)
    """Actuals by indicator; unknown of results of before that was told."""
    issued: bool = Field(default=False, sa_type=Boolean)
    """Signed meanwhile: from here on there is the objection."""


class ResultCopy(SQLModel, table=True):
    """One version of a result."""

    __tablename__ = "result_copies"
    __table_args__ = (
        Index("ix_result_copies_appraisal", "tenant_id", "appraisal_id"),
        # Small, and empty at the end of a cycle: one row of it tells that the follow-up still waits.
        Index(
            "ix_result_copies_awaited",
            "tenant_id",
            "cycle_id",
            postgresql_where=text("not finalised and not superseded"),
        ),
        # Few: what a decision made of a result.
        Index(
            "ix_result_copies_objection",
            "tenant_id",
            "objection_id",
            postgresql_where=text("objection_id is not null"),
        ),
    )

    tenant_id: str = columns.tenant()
    result_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    appraisal_id: UUID = columns.reference()
    cycle_id: UUID = columns.reference()
    version: int = Field(sa_type=SmallInteger)
    servant_id: UUID = columns.reference()
    rater_id: UUID = columns.reference()
    authority_id: UUID | None = columns.reference(nullable=True)
    result_rating: str = columns.text()
    behaviour_rating: str = columns.text()
    predicate: str = columns.text()
    local_score: Decimal | None = columns.score(nullable=True)
    criteria: dict[str, Any] = columns.document()
    indicators: dict[str, Any] | None = columns.document(nullable=True)
    received_at: datetime | None = columns.instant(nullable=True)
    object_until: datetime | None = columns.instant(nullable=True)
    final_without_objection: bool = Field(sa_type=Boolean)
    finalised: bool = Field(default=False, sa_type=Boolean)
    superseded: bool = Field(default=False, sa_type=Boolean)
    issued_by: UUID | None = columns.reference(nullable=True)
    """Who signed; who signs does not decide an objection."""
    objection_id: UUID | None = columns.reference(nullable=True)
    """The objection whose decision made this version."""
