"""Rows of requests."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import SQLModel

from contracts.registry.requests import RequestKind, RequestState
from kit import columns


class Request(SQLModel, table=True):
    """What somebody asks the office to correct, and what it decided."""

    __tablename__ = "requests"
    __table_args__ = (
        Index("ix_requests_asked_by", "tenant_id", "asked_by", "id"),
        Index("ix_requests_state", "tenant_id", "state", "id"),
        Index(
            "uq_requests_open",
            "tenant_id",
            "asked_by",
            "kind",
            text("coalesce(servant_id, unit_id)"),
            unique=True,
            postgresql_where=text("state = 'OPEN'"),
        ),
        columns.one_of("kind", RequestKind, "ck_requests_kind"),
        columns.one_of("state", RequestState, "ck_requests_state"),
        CheckConstraint("num_nonnulls(servant_id, unit_id) = 1", name="ck_requests_about"),
        CheckConstraint(
            "(state in ('GRANTED', 'REFUSED')) = (decided_by is not null and decision_reason is not null)",
            name="ck_requests_decided",
        ),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    kind: str = columns.text()
    asked_by: UUID = columns.reference()
    servant_id: UUID | None = columns.reference(nullable=True)
    unit_id: UUID | None = columns.reference(nullable=True)
    person_id: UUID | None = columns.reference(nullable=True)
    """Who should rate or act, in the view of whoever asks."""
    since: date | None = columns.day(nullable=True)
    until: date | None = columns.day(nullable=True)
    reason: str = columns.text()
    evidence: list[dict[str, Any]] = columns.document(default=[])
    state: str = columns.text(default=RequestState.OPEN.value)
    asked_at: datetime = columns.instant()
    closed_at: datetime | None = columns.instant(nullable=True)
    decided_by: UUID | None = columns.reference(nullable=True)
    decision_reason: str | None = columns.text(nullable=True)
    change_id: UUID | None = columns.reference(nullable=True)
