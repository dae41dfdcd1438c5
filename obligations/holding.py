"""Cycles whose ladders stand still, as each service that owns obligations knows them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import Field, SQLModel

from kit import columns


class HeldCycle(SQLModel, table=True):
    """A cycle that is paused: no ladder of it moves, whenever its obligations came into being."""

    __tablename__ = "held_cycles"

    tenant_id: str = columns.tenant()
    cycle_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    since: datetime = columns.instant()
