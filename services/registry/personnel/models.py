"""Changes of personnel, planned and past."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import SQLModel

from contracts.registry.personnel import ChangeKind
from kit import columns
from services.registry.personnel.rules.states import ChangeState


class PersonnelChange(SQLModel, table=True):
    """Something that changes about a person from a day on; planned until its day has come."""

    __tablename__ = "personnel_changes"
    __table_args__ = (
        Index("ix_personnel_changes_servant", "tenant_id", "servant_id", "effective_on"),
        Index("ix_personnel_changes_planned", "effective_on", "tenant_id", postgresql_where=text("state = 'PLANNED'")),
        columns.one_of("kind", ChangeKind, "ck_personnel_changes_kind"),
        columns.one_of("state", ChangeState, "ck_personnel_changes_state"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    servant_id: UUID = columns.reference()
    kind: str = columns.text()
    effective_on: date = columns.day()
    until: date | None = columns.day(nullable=True)
    """Last day, where the change ends by itself."""
    payload: dict[str, Any] = columns.document()
    """What becomes of the person, as ``rules/effects.py`` reads it."""
    reason: str = columns.text()
    state: str = columns.text()
    follows: UUID | None = columns.reference(nullable=True)
    """The change that this one ends."""
    recorded_at: datetime = columns.instant()
    recorded_by: UUID = columns.reference()
    applied_at: datetime | None = columns.instant(nullable=True)
    note: str | None = columns.text(nullable=True)
    """Why it could not be applied on its day."""
