"""Rows of materials: those of the policy when the cycle was prepared, and those that the office added."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, UniqueConstraint
from sqlmodel import Field, SQLModel

from kit import columns


class KeptMaterial(SQLModel, table=True):
    """Something to learn from in one cycle."""

    __tablename__ = "materials"
    # The policy's are laid out once, however often the phase is opened.
    __table_args__ = (UniqueConstraint("tenant_id", "cycle_id", "number", name="uq_materials_number"),)

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    cycle_id: UUID = columns.reference()
    number: int = Field(sa_type=Integer)
    """The order in which they are shown; the policy's come first."""
    content: dict[str, Any] = columns.document()
    """A ``contracts.policy.Material``; of an example what was planned and reached, never what that makes."""
    kept_by: UUID | None = columns.reference(nullable=True)
    """None of those of the policy."""
    kept_at: datetime = columns.instant()
    retired_at: datetime | None = columns.instant(nullable=True)
    """Shown no more from then on."""
