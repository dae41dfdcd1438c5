"""The row of one member of a cycle."""

from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Integer
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import Field, SQLModel

from kit import columns


class Standing(SQLModel, table=True):
    """What plans and evaluation have told of one person; each ``_at`` number says how far along its state is.

    Events may come in any order and twice: a state only ever gives way to one that is further along.
    """

    __tablename__ = "standings"
    __table_args__ = (
        CheckConstraint("plan_state in ('DRAFT', 'PROPOSED', 'RETURNED', 'SET')", name="ck_standings_plan"),
        CheckConstraint("report_state in ('REPORTED', 'TAKEN_OVER')", name="ck_standings_report"),
        CheckConstraint("rating_state in ('RATED', 'COMPUTED')", name="ck_standings_rating"),
        CheckConstraint("result_state in ('ISSUED', 'RECEIVED', 'FINAL')", name="ck_standings_result"),
    )

    tenant_id: str = columns.tenant()
    cycle_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    servant_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    plan_id: UUID | None = columns.reference(nullable=True)
    plan_state: str | None = columns.text(nullable=True)
    plan_at: int = Field(default=-1, sa_type=BigInteger)
    report_period: int | None = Field(default=None, sa_type=Integer, nullable=True)
    """The newest period whose actuals are in."""
    report_state: str | None = columns.text(nullable=True)
    report_at: int = Field(default=-1, sa_type=BigInteger)
    rating_state: str | None = columns.text(nullable=True)
    """What the superior gave; of other assessors nothing is kept."""
    rating_at: int = Field(default=-1, sa_type=BigInteger)
    result_id: UUID | None = columns.reference(nullable=True)
    result_state: str | None = columns.text(nullable=True)
    result_at: int = Field(default=-1, sa_type=BigInteger)
