"""Rows of batches: a batch and what it holds never change; what is answered to a row is added once."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Integer, SmallInteger, text
from sqlmodel import Field, SQLModel

from contracts.evaluation.exports import ExportState, RejectionCode, SettledBy
from kit import columns
from services.evaluation.keys import of_cycle
from services.evaluation.national.rules.holds import BatchHold

_OPEN = text("state = 'EXPORTED'")
_NOT_REJECTED = text("state <> 'REJECTED'")


def _of_batch(table: str) -> ForeignKeyConstraint:
    # Deferred: the rows are written page by page, and the manifest that counts them comes last.
    return ForeignKeyConstraint(
        ["tenant_id", "batch_id"],
        ["national_batches.tenant_id", "national_batches.id"],
        name=f"fk_{table}_batch",
        deferrable=True,
        initially="DEFERRED",
    )


class NationalBatch(SQLModel, table=True):
    """The manifest of one batch."""

    __tablename__ = "national_batches"
    __table_args__ = (of_cycle("national_batches"), Index("ix_national_batches_cycle", "tenant_id", "cycle_id", "id"))

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    cycle_id: UUID = columns.reference()
    results: int = Field(sa_type=Integer)
    """Results of which a row is in it."""
    rows: int = Field(sa_type=Integer)
    held: int = Field(sa_type=Integer)
    """Results that were held back."""
    earlier: int = Field(sa_type=Integer)
    """Results that are in an earlier batch with all their parts, and were not rejected."""
    sha256: str = columns.text()
    """Of the rows, as ``rules/manifest.py`` writes them."""
    made_at: datetime = columns.instant()
    made_by: UUID = columns.reference()


class NationalRow(SQLModel, table=True):
    """One part of one result in a batch; its id is the key under which it is sent."""

    __tablename__ = "national_rows"
    __table_args__ = (
        _of_batch("national_rows"),
        columns.one_of("state", ExportState, "ck_national_rows_state"),
        columns.one_of("settled_by", SettledBy, "ck_national_rows_settled_by"),
        columns.one_of("code", RejectionCode, "ck_national_rows_code"),
        CheckConstraint("(state = 'REJECTED') = (code is not null and reason <> '')", name="ck_national_rows_reason"),
        CheckConstraint(
            "(state = 'EXPORTED') = (settled_at is null) and (settled_at is null) = (settled_by is null)",
            name="ck_national_rows_settled",
        ),
        # Whatever happens at the same time, a part of a result is on its way or confirmed once.
        Index("uq_national_rows_once", "tenant_id", "result_id", "part", unique=True, postgresql_where=_NOT_REJECTED),
        Index("ix_national_rows_batch", "tenant_id", "batch_id", "place"),
        Index("ix_national_rows_due", "tenant_id", "next_at", postgresql_where=_OPEN),
        Index("ix_national_rows_appraisal", "tenant_id", "appraisal_id"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    batch_id: UUID = columns.reference()
    place: int = Field(sa_type=Integer)
    """In the order in which the rows were hashed, from 1."""
    result_id: UUID = columns.reference()
    appraisal_id: UUID = columns.reference()
    servant_id: UUID = columns.reference()
    version: int = Field(sa_type=SmallInteger)
    part: int = Field(sa_type=SmallInteger)
    record: dict[str, Any] = columns.document()
    """In the national form."""
    state: str = columns.text(default=ExportState.EXPORTED.value)
    code: str | None = columns.text(nullable=True)
    reason: str | None = columns.text(nullable=True)
    """In the words of who rejected it."""
    number: str | None = columns.text(nullable=True)
    """The id that the national application gave it, where it said one."""
    attempts: int = Field(default=0, sa_type=Integer)
    error: str | None = columns.text(nullable=True)
    """What came of the last attempt that brought no answer."""
    next_at: datetime | None = columns.instant(nullable=True)
    """When it is sent, or asked about, next; nothing as long as the office has not said that the batch goes."""
    settled_at: datetime | None = columns.instant(nullable=True)
    settled_by: str | None = columns.text(nullable=True)


ADDED_LATER = ("state", "code", "reason", "number", "attempts", "error", "next_at", "settled_at", "settled_by")
"""The only columns of a row that the application may change; the database refuses the others, and any deletion."""


class NationalHold(SQLModel, table=True):
    """A result that a batch held back, and why."""

    __tablename__ = "national_holds"
    __table_args__ = (_of_batch("national_holds"), columns.one_of("reason", BatchHold, "ck_national_holds_reason"))

    tenant_id: str = columns.tenant()
    batch_id: UUID = columns.identity()
    result_id: UUID = columns.identity()
    servant_id: UUID = columns.reference()
    reason: str = columns.text()
