"""Rows of appraisals: one person in one cycle, with what was taken over by a leader."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Date, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import Field, SQLModel

from kit import columns
from services.evaluation.appraisals.rules.states import AppraisalState
from services.evaluation.keys import of_appraisal, of_cycle


class TakenOver(SQLModel, table=True):
    """A work result that the leader took over; its note counts in the evaluation (PermenPANRB 6/2022 art. 20)."""

    __tablename__ = "taken_over_results"
    __table_args__ = (
        of_appraisal("taken_over_results"),
        Index("ix_taken_over_results_appraisal", "tenant_id", "appraisal_id", "id"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    """Of the taking over, as feedback made it."""
    appraisal_id: UUID = columns.reference()
    leader_id: UUID = columns.reference()
    result: str = columns.text()
    note: str = columns.text()
    told_at: datetime = columns.instant()


class FormerRater(SQLModel, table=True):
    """Who was somebody's rater in the cycle until a day, that day included; None: the performance office rated."""

    __tablename__ = "former_raters"
    __table_args__ = (of_appraisal("former_raters"),)

    tenant_id: str = columns.tenant()
    appraisal_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    until: date = Field(sa_type=Date, primary_key=True)
    rater_id: UUID | None = columns.reference(nullable=True)


class RaterDelegation(SQLModel, table=True):
    """Somebody rates a person for a regional head, from a day on (PermenPANRB 6/2022, L IV.A.12)."""

    __tablename__ = "rater_delegations"

    tenant_id: str = columns.tenant()
    servant_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    delegate_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    since: date = Field(sa_type=Date, primary_key=True)
    head_id: UUID = columns.reference()


class Appraisal(SQLModel, table=True):
    """One person in one cycle, with the relations frozen at enrolment and the provisional result."""

    __tablename__ = "appraisals"
    __table_args__ = (
        of_cycle("appraisals"),
        # Enrolment and late joiners insert with `on conflict do nothing` on it.
        UniqueConstraint("tenant_id", "cycle_id", "servant_id", name="uq_appraisals_member"),
        # Counts by state, and whether a phase still waits for anybody.
        Index("ix_appraisals_state", "tenant_id", "cycle_id", "state"),
        Index("ix_appraisals_unit", "tenant_id", "cycle_id", "unit_id"),
        Index("ix_appraisals_servant", "tenant_id", "servant_id"),
        Index("ix_appraisals_rater", "tenant_id", "rater_id"),
        # Whom somebody assessed in the place of a silent rater: asked at every act of the performance office.
        Index(
            "ix_appraisals_stood_in",
            "tenant_id",
            "cycle_id",
            "assessed_by",
            postgresql_where=text("assessed_by <> rater_id"),
        ),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    cycle_id: UUID = columns.reference()
    servant_id: UUID = columns.reference()
    unit_id: UUID = columns.reference()
    rater_id: UUID | None = columns.reference(nullable=True)
    authority_id: UUID | None = columns.reference(nullable=True)
    is_head: bool = Field(sa_type=Boolean)
    state: str = columns.text(default=AppraisalState.OPEN.value)
    plan: list[dict[str, Any]] | None = columns.document(nullable=True)
    """Indicators as the plans service last emitted them."""
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
    competences: list[dict[str, Any]] | None = columns.document(nullable=True)
    """Required level, assessed level and gap of what the post asks for; None where it asks for nothing."""
    clarify_until: datetime | None = columns.instant(nullable=True)
    ended_on: date | None = columns.day(nullable=True)
    """Last day that is appraised, of a person who has left or is not covered any more."""
