"""Rows of appraisals: one person in one cycle, who assesses, and what was found on the way to a result."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Index, SmallInteger, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import Field, SQLModel

from kit import columns
from services.evaluation.models.keys import of_appraisal, of_cycle


class Appraisal(SQLModel, table=True):
    """One person in one cycle, with the relations frozen at enrolment and the provisional result."""

    __tablename__ = "appraisals"
    __table_args__ = (
        of_cycle("appraisals"),
        UniqueConstraint("tenant_id", "cycle_id", "servant_id", name="uq_appraisals_member"),
        Index("ix_appraisals_state", "tenant_id", "cycle_id", "state"),
        Index("ix_appraisals_unit", "tenant_id", "cycle_id", "unit_id"),
        Index("ix_appraisals_servant", "tenant_id", "servant_id"),
        Index("ix_appraisals_rater", "tenant_id", "rater_id"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    cycle_id: UUID = columns.reference()
    servant_id: UUID = columns.reference()
    unit_id: UUID = columns.reference()
    rater_id: UUID | None = columns.reference(nullable=True)
    authority_id: UUID | None = columns.reference(nullable=True)
    is_head: bool = Field(sa_type=Boolean)
    state: str = columns.text(default="OPEN")
    """OPEN, MODERATION, PROVISIONAL, ISSUED, RECEIVED or FINAL."""
    plan: list[dict[str, Any]] | None = columns.document(nullable=True)
    """Indicators as the plans service last told them."""
    final_actuals: bool = Field(default=False, sa_type=Boolean)
    innovation_recognised: bool = Field(default=False, sa_type=Boolean)
    clarification_open: bool = Field(default=False, sa_type=Boolean)
    objection_open: bool = Field(default=False, sa_type=Boolean)
    objected: bool = Field(default=False, sa_type=Boolean)
    """An objection was filed at some time, whatever became of it."""
    assessed_by: UUID | None = columns.reference(nullable=True)
    """Who rated as the superior: the rater, or the rater's superior for a silent rater."""
    result_rating: str | None = columns.text(nullable=True)
    behaviour_rating: str | None = columns.text(nullable=True)
    predicate: str | None = columns.text(nullable=True)
    local_score: Decimal | None = columns.score(nullable=True)
    local_band: str | None = columns.text(nullable=True)
    criteria: dict[str, str | None] | None = columns.document(nullable=True)
    trace: list[dict[str, Any]] | None = columns.document(nullable=True)
    strengths: list[str] | None = columns.document(nullable=True)
    areas: list[str] | None = columns.document(nullable=True)
    dropped: list[str] | None = columns.document(nullable=True)
    clarify_until: datetime | None = columns.instant(nullable=True)
    ended_on: date | None = columns.day(nullable=True)
    """Last day that is appraised, of a person who has left or is not covered any more."""


class Assessment(SQLModel, table=True):
    """What one assessor gave; a second one by the same assessor takes its place until the appraisal is settled."""

    __tablename__ = "assessments"
    __table_args__ = (
        of_appraisal("assessments"),
        UniqueConstraint("tenant_id", "appraisal_id", "assessor_id", "role", name="uq_assessments_assessor"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    appraisal_id: UUID = columns.reference()
    assessor_id: UUID = columns.reference()
    role: str = columns.text()
    scores: dict[str, str] = columns.document()
    reasons: dict[str, str] = columns.document()
    result_rating: str | None = columns.text(nullable=True)
    behaviour_rating: str | None = columns.text(nullable=True)
    comment: str = columns.text(default="")
    submitted_at: datetime = columns.instant()
    version: int = Field(default=1, sa_type=SmallInteger, sa_column_kwargs={"server_default": text("1")})
    """Counts the revisions after a question; the versions before are kept."""


class PeerNomination(SQLModel, table=True):
    """A colleague who is asked to assess."""

    __tablename__ = "peer_nominations"
    __table_args__ = (of_appraisal("peer_nominations"),)

    tenant_id: str = columns.tenant()
    appraisal_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    peer_id: UUID = Field(sa_type=PG_UUID, primary_key=True)


class UnitPerformance(SQLModel, table=True):
    """The achievement of a unit's organisation in one cycle."""

    __tablename__ = "org_performances"
    __table_args__ = (
        of_cycle("org_performances"),
        Index("ix_org_performances_unit", "tenant_id", "unit_id", "set_at"),
    )

    tenant_id: str = columns.tenant()
    cycle_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    unit_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    performance: str = Field(sa_type=Text)
    recommendation: str = columns.text(default="")
    set_by: UUID = columns.reference()
    set_at: datetime = columns.instant()
