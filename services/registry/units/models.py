"""Units of a city government."""

from uuid import UUID

from sqlalchemy import Boolean, Index, Integer, SmallInteger
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel

from kit import columns
from services.registry.units.rules.kinds import UnitKind


class Unit(SQLModel, table=True):
    """A unit as it now is, with what applies to it after inheritance."""

    __tablename__ = "units"
    __table_args__ = (
        Index("uq_units_code", "tenant_id", "code", unique=True),
        columns.one_of("kind", UnitKind, "ck_units_kind"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    revision: int = Field(sa_type=Integer)
    code: str = columns.text()
    name: str = columns.text()
    kind: str = columns.text()
    parent_id: UUID | None = columns.reference(nullable=True)
    own_period_months: int | None = Field(default=None, sa_type=SmallInteger, nullable=True)
    """What the agency chose; None means the policy's."""
    scope: str = columns.text()
    period_months: int = Field(sa_type=SmallInteger)
    active: bool = Field(default=True, sa_type=Boolean)
    own_work_days: list[int] | None = Field(default=None, sa_type=ARRAY(SmallInteger), nullable=True)
    """What the unit itself works, Monday = 0; None means as the unit above."""
    work_days: list[int] | None = Field(default=None, sa_type=ARRAY(SmallInteger), nullable=True)
    """What applies here; None means the city's week."""
