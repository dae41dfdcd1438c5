"""Rows of the copy of visits: whose panel may read the plans of a unit, and of whom a member is not independent."""

from uuid import UUID

from sqlalchemy import Boolean, Index
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import Field, SQLModel

from kit import columns


class PanelVisit(SQLModel, table=True):
    """A visit to a unit in a cycle, as evaluation told of it last."""

    __tablename__ = "panel_visits"

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    cycle_id: UUID = columns.reference()
    unit_id: UUID = columns.reference()
    panel: list[UUID] = Field(sa_type=ARRAY(PG_UUID))
    over: bool = Field(default=False, sa_type=Boolean)
    """The panel has nothing left to do about it; that never ends."""


class PanelBar(SQLModel, table=True):
    """A member of panels who declared not to be independent of a person."""

    __tablename__ = "panel_bars"
    __table_args__ = (Index("ix_panel_bars_member", "tenant_id", "member_id", "servant_id"),)

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    member_id: UUID = columns.reference()
    servant_id: UUID = columns.reference()
