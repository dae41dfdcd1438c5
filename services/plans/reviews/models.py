"""Rows of samples of plans, of the lots from which they were drawn, and of what was found."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Boolean, ForeignKeyConstraint, Index, Integer
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import Field, SQLModel

from kit import columns
from services.plans.plans.models import of_plan


class PlanSample(SQLModel, table=True):
    """One draw, with everything that is needed to draw it again."""

    __tablename__ = "plan_samples"
    __table_args__ = (Index("uq_plan_samples_seed", "tenant_id", "cycle_id", "seed", unique=True),)

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    cycle_id: UUID = columns.reference()
    seed: str = columns.text()
    share: int = Field(sa_type=Integer)
    least: int = Field(sa_type=Integer)
    took_part: int = Field(default=0, sa_type=Integer)
    """So many plans were set when it was drawn."""
    drawn: int = Field(default=0, sa_type=Integer)
    drawn_at: datetime = columns.instant()
    drawn_by: UUID = columns.reference()


class PlanLot(SQLModel, table=True):
    """A plan that took part in a draw, drawn or not; never changed: whoever draws again needs those that were not."""

    __tablename__ = "plan_lots"
    __table_args__ = (
        of_plan("plan_lots"),
        ForeignKeyConstraint(
            ["tenant_id", "sample_id"], ["plan_samples.tenant_id", "plan_samples.id"], name="fk_plan_lots_sample"
        ),
        Index("ix_plan_lots_plan_id", "tenant_id", "plan_id"),
    )

    tenant_id: str = columns.tenant()
    sample_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    plan_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    unit_id: UUID = columns.reference()
    """The unit in which it was counted, as it was then."""
    plan_version: int = Field(sa_type=Integer)
    lot: str = columns.text()
    """Those of the lowest lots of each unit are drawn."""
    drawn: bool = Field(sa_type=Boolean)


class PlanReview(SQLModel, table=True):
    """What was found of one version of a plan; a later finding is another row, the earlier one stays."""

    __tablename__ = "plan_reviews"
    __table_args__ = (of_plan("plan_reviews"), Index("ix_plan_reviews_plan_id", "tenant_id", "plan_id", "id"))

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    plan_id: UUID = columns.reference()
    sample_id: UUID = columns.reference()
    plan_version: int = Field(sa_type=Integer)
    finding: str = columns.text()
    what: str | None = columns.text(nullable=True)
    how: str | None = columns.text(nullable=True)
    reviewed_at: datetime = columns.instant()
    reviewed_by: UUID = columns.reference()
