"""Numbers that people had."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import SQLModel

from contracts.registry.numbers import NumberKind
from kit import columns


class FormerNumber(SQLModel, table=True):
    """A number that gave way to another of the same person."""

    __tablename__ = "former_numbers"
    __table_args__ = (
        Index("ix_former_numbers_former_nip", "tenant_id", "former_nip", "recorded_at"),
        Index("ix_former_numbers_servant_id", "tenant_id", "servant_id", "id"),
        columns.one_of("kind", NumberKind, "ck_former_numbers_kind"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    servant_id: UUID = columns.reference()
    kind: str = columns.text()
    former_nip: str = columns.text()
    nip: str = columns.text()
    """To which it gave way."""
    effective_on: date = columns.day()
    """Of a correction the day on which it was made: what is wrong was wrong all the time."""
    reason: str = columns.text()
    document: str = columns.text()
    recorded_at: datetime = columns.instant()
    recorded_by: UUID = columns.reference()
