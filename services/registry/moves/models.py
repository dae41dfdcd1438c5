"""Moves between cities, each as the city recorded it that the row belongs to."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import SQLModel

from contracts.registry.moves import MoveKind
from kit import columns


class Move(SQLModel, table=True):
    """A person's release to another city, or arrival from one."""

    __tablename__ = "moves"
    __table_args__ = (
        Index("ix_moves_other_city", "tenant_id", "other_city", "nip"),
        Index("ix_moves_servant_id", "tenant_id", "servant_id", "id"),
        columns.one_of("kind", MoveKind, "ck_moves_kind"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    servant_id: UUID = columns.reference()
    kind: str = columns.text()
    other_city: str = columns.text()
    nip: str = columns.text()
    """In the city that the person leaves."""
    moved_on: date = columns.day()
    """The first day of service in the other city, or in this one."""
    reason: str = columns.text()
    document: str = columns.text()
    recorded_at: datetime = columns.instant()
    recorded_by: UUID = columns.reference()
