"""Rows of cycles: the cycle with its frozen policy, its phases, and what the performance office did to it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, CheckConstraint, Date, Index, Integer, SmallInteger, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import Field, SQLModel

from kit import columns
from services.evaluation.cycles.rules.states import CycleState
from services.evaluation.keys import of_cycle


class CycleIntervention(SQLModel, table=True):
    """A pause, a resumption, an extension or a cancellation, with its reason; never changed, never removed."""

    __tablename__ = "cycle_interventions"
    __table_args__ = (
        of_cycle("cycle_interventions"),
        CheckConstraint("kind in ('PAUSED', 'RESUMED', 'EXTENDED', 'CANCELLED')", name="ck_cycle_interventions_kind"),
        Index("ix_cycle_interventions_cycle", "tenant_id", "cycle_id", "id"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    cycle_id: UUID = columns.reference()
    kind: str = columns.text()
    phase: str | None = columns.text(nullable=True)
    """The phase that was open, or extended."""
    former_due_at: datetime | None = columns.instant(nullable=True)
    due_at: datetime | None = columns.instant(nullable=True)
    """When that phase is due now."""
    reason: str = columns.text()
    done_by: UUID = columns.reference()
    done_at: datetime = columns.instant()


class Cycle(SQLModel, table=True):
    """One appraisal cycle of one policy scope."""

    __tablename__ = "cycles"
    # An annual cycle and a half-year one of the same scope may begin on the same day, for different units.
    __table_args__ = (UniqueConstraint("tenant_id", "scope", "period_start", "months", name="uq_cycles_period"),)

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    scope: str = columns.text()
    name: str = columns.text()
    period_start: date = Field(sa_type=Date)
    period_end: date = Field(sa_type=Date)
    months: int = Field(sa_type=SmallInteger)
    policy: dict[str, Any] = columns.document()
    policy_version: int = Field(sa_type=Integer)
    calendar_version: int = Field(sa_type=Integer)
    state: str = columns.text(default=CycleState.OPEN.value)
    opened_at: datetime = columns.instant()
    opened_by: UUID = columns.reference()
    closed_at: datetime | None = columns.instant(nullable=True)
    paused_at: datetime | None = columns.instant(nullable=True)
    """Since when nothing of the cycle moves; None while it runs."""


class CyclePhase(SQLModel, table=True):
    """One phase of a cycle; its instants are frozen when it opens."""

    __tablename__ = "cycle_phases"
    __table_args__ = (of_cycle("cycle_phases"),)

    tenant_id: str = columns.tenant()
    cycle_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    phase: str = Field(sa_type=Text, primary_key=True)
    ordinal: int = Field(sa_type=SmallInteger)
    opened_at: datetime | None = columns.instant(nullable=True)
    due_at: datetime | None = columns.instant(nullable=True)
    duties_opened_at: datetime | None = columns.instant(nullable=True)
    """When this service opened its own obligations of the phase; no result that waits for them is computed before."""
    closed_at: datetime | None = columns.instant(nullable=True)
    early: bool | None = Field(default=None, sa_type=Boolean, nullable=True)
