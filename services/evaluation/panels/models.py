"""Conflicts of interest that members of panels declared; a declaration is never changed or removed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlmodel import SQLModel

from kit import columns


class PanelConflict(SQLModel, table=True):
    """One member is not independent of one unit, or of one person, for a reason of his or her own."""

    __tablename__ = "panel_conflicts"
    __table_args__ = (
        CheckConstraint("num_nonnulls(unit_id, servant_id) = 1", name="ck_panel_conflicts_about"),
        Index("ix_panel_conflicts_member", "tenant_id", "member_id", "id"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    member_id: UUID = columns.reference()
    unit_id: UUID | None = columns.reference(nullable=True)
    servant_id: UUID | None = columns.reference(nullable=True)
    reason: str = columns.text()
    declared_at: datetime = columns.instant()
