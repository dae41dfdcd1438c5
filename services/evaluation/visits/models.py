"""Field visits by the independent panel, one row a unit and cycle."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import Field, SQLModel

from kit import columns
from services.evaluation.keys import of_cycle
from services.evaluation.visits.rules.states import VisitState


class Visit(SQLModel, table=True):
    """One visit to one unit in one cycle."""

    __tablename__ = "visits"
    __table_args__ = (
        of_cycle("visits"),
        # Scheduling inserts without looking first, and lets this decide.
        UniqueConstraint("tenant_id", "cycle_id", "unit_id", name="uq_visits_unit"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    cycle_id: UUID = columns.reference()
    unit_id: UUID = columns.reference()
    lead_id: UUID = columns.reference()
    panel: list[UUID] = Field(sa_type=ARRAY(PG_UUID))
    scheduled_for: datetime = columns.instant()
    """The day on which it must have taken place."""
    visit_on: date | None = columns.day(nullable=True)
    """The date that the panel set; it may move it."""
    announced_for: date | None = columns.day(nullable=True)
    """The date that both sides were reminded of."""
    missed_on: date | None = columns.day(nullable=True)
    """The date that passed without a report."""
    held_on: date | None = columns.day(nullable=True)
    checklist: dict[str, Any] | None = columns.document(nullable=True)
    """Answers by the codes of the policy's items."""
    findings: list[dict[str, Any]] | None = columns.document(nullable=True)
    """Each with its number, from 1."""
    state: str = Field(default=VisitState.SCHEDULED.value, sa_type=Text)
    """See ``rules.states``."""
    respondent_id: UUID | None = columns.reference(nullable=True)
    """Who may respond for those observed: the head of the unit when the visit was reported."""
    response_state: str | None = columns.text(nullable=True)
    """See ``rules.states``; nothing before the report."""
    response: list[dict[str, Any]] | None = columns.document(nullable=True)
    """Replies to findings by their numbers."""
    response_note: str | None = columns.text(nullable=True)
    """What was said about the whole visit, or why nobody responded."""
    responded_by: UUID | None = columns.reference(nullable=True)
    responded_at: datetime | None = columns.instant(nullable=True)
