"""Rows of objections and of what both sides said."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, Text, text
from sqlmodel import Field, SQLModel

from kit import columns


class Objection(SQLModel, table=True):
    """A servant's objection to a result, on its way to the decision of the rater's superior."""

    __tablename__ = "objections"
    __table_args__ = (
        # One objection to a version of a result, also after a withdrawal: the window is one.
        Index("uq_objections_result", "tenant_id", "result_id", unique=True),
        Index("ix_objections_cycle", "tenant_id", "cycle_id", "state"),
        # The few about which nobody may owe anything while the phase waits for them; asked at every closing of a phase.
        Index(
            "ix_objections_waiting",
            "tenant_id",
            "cycle_id",
            postgresql_where=text("state in ('FILED', 'HEARING')"),
        ),
        Index("ix_objections_servant", "tenant_id", "servant_id"),
        Index("ix_objections_rater", "tenant_id", "rater_id"),
        Index("ix_objections_authority", "tenant_id", "authority_id"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    result_id: UUID = columns.reference()
    appraisal_id: UUID = columns.reference()
    cycle_id: UUID = columns.reference()
    servant_id: UUID = columns.reference()
    rater_id: UUID = columns.reference()
    authority_id: UUID = columns.reference()
    state: str = columns.text()
    filed_at: datetime = columns.instant()
    grounds: str = columns.text()
    items: list[Any] = columns.document()
    evidence: list[Any] = columns.document()
    statements_by: datetime = columns.instant()
    decide_by: datetime = columns.instant()
    decided_at: datetime | None = columns.instant(nullable=True)
    decided_by: UUID | None = columns.reference(nullable=True)
    outcome: str | None = columns.text(nullable=True)
    reason: str | None = columns.text(nullable=True)
    result_rating: str | None = columns.text(nullable=True)
    behaviour_rating: str | None = columns.text(nullable=True)
    escalated_at: datetime | None = columns.instant(nullable=True)
    decided_items: list[Any] | None = columns.document(nullable=True)
    """What was decided about each contested item."""
    scores: list[Any] | None = columns.document(nullable=True)
    """Criteria and indicators that the decision set anew."""
    parties: dict[str, Any] | None = columns.document(nullable=True)
    """Who servant, rater and deciding authority were at the decision; the document of form D.1.3 keeps it."""


class Statement(SQLModel, table=True):
    """What one side explained."""

    __tablename__ = "statements"
    # By city and id, as every foreign key: row-level security is not asked when a constraint is checked.
    __table_args__ = (ForeignKeyConstraint(["tenant_id", "objection_id"], ["objections.tenant_id", "objections.id"]),)

    tenant_id: str = columns.tenant()
    objection_id: UUID = columns.identity()
    side: str = Field(sa_type=Text, primary_key=True)
    by_id: UUID = columns.reference()
    text: str = columns.text()
    at: datetime = columns.instant()


class LateAdmission(SQLModel, table=True):
    """The authority lets an objection in although the window is over, with a reason (PermenPANRB 6/2022, L V.B.1-2)."""

    __tablename__ = "late_admissions"

    tenant_id: str = columns.tenant()
    result_id: UUID = columns.identity()
    cycle_id: UUID = columns.reference()
    servant_id: UUID = columns.reference()
    admitted_by: UUID = columns.reference()
    reason: str = columns.text()
    admitted_at: datetime = columns.instant()
    file_until: datetime = columns.instant()
