"""Routes of field visits: the list, one visit, and its date."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel, Field, StrictBool

from contracts.base import Role
from contracts.evidence import Evidence
from contracts.policy.visits import ChecklistItem
from contracts.written import Day
from directory.relations import Relation
from kit import web
from kit.access import permits
from kit.db import actor
from kit.paging import Page, Paging, page_of
from kit.responses import FromRow
from kit.web import Session
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.assessments.rules.form import codes
from services.evaluation.cycles.queries.context import cycle as cycle_of
from services.evaluation.cycles.queries.context import policy as policy_of
from services.evaluation.fields import Text
from services.evaluation.visits import queries
from services.evaluation.visits.commands import dates
from services.evaluation.visits.rules.responses import Reply
from services.evaluation.visits.rules.states import ResponseState

router = web.router(tags=["visits"])


class VisitSummaryResponse(FromRow):
    """A visit in a list, and after an act."""

    id: UUID
    cycle_id: UUID
    unit_id: UUID
    lead_id: UUID
    panel: list[UUID]
    scheduled_for: datetime
    visit_on: date | None
    """The date that the panel set."""
    held_on: date | None
    state: str
    response_state: ResponseState | None
    """Null before the report."""


class VisitMember(BaseModel):
    """Somebody of the unit that is visited."""

    appraisal_id: UUID
    servant_id: UUID
    state: str


class NumberedFinding(BaseModel):
    """What was seen, and how to go on, by its number."""

    number: int
    what: str
    how: str
    evidence: list[Evidence] = Field(default_factory=list)


class VisitResponse(VisitSummaryResponse):
    """A visit with what is looked at, what was seen and answered, whom the panel assesses, and what it scores."""

    asked: tuple[ChecklistItem, ...] = ()
    """The policy's checklist."""
    checklist: dict[str, StrictBool | str] | None
    findings: list[NumberedFinding] | None
    respondent_id: UUID | None
    response: list[Reply] | None
    response_note: str | None
    """What was said about the whole visit, or why nobody responded."""
    responded_by: UUID | None
    responded_at: datetime | None
    members: list[VisitMember] = Field(default_factory=list)
    codes: tuple[str, ...] = ()


class VisitDateRequest(BaseModel):
    """On which day the panel comes; moving a date needs a reason."""

    visit_on: Day
    reason: Text | None = None


@router.get(
    "/visits",
    summary="Visits of the reader's panels and unit; all for the performance office",
    **permits(
        Relation.ANYONE,
        note="of one's panels, to the unit one heads, reported ones where one is observed or rates; all for the office",
    ),
)
async def list_visits(
    session: Session, paging: Paging, cycle_id: Annotated[UUID | None, Query()] = None
) -> Page[VisitSummaryResponse]:
    found = await queries.page(session, cycle_id=cycle_id, window=paging)
    return page_of(found, VisitSummaryResponse.model_validate)


@router.get(
    "/visits/{visit_id}",
    summary="A visit with its report, its members and what is scored",
    **permits(
        Relation.SELF,
        Relation.RATER,
        Relation.AUTHORITY,
        Relation.DEBTOR,
        Relation.PANEL,
        Relation.OFFICE,
        note="self: who heads the unit that is visited; those observed and who rates them once it is reported",
    ),
)
async def read_visit(visit_id: UUID, session: Session) -> VisitResponse:
    found = await queries.one(session, visit_id)
    policy = policy_of(await cycle_of(session, found.cycle_id))
    who = actor(session)
    judges = who.id in found.panel
    # Whom the panel assesses is its own matter and the office's; those observed read what was seen.
    shown = judges or who.has(Role.PERFORMANCE_OFFICE) or who.id == found.respondent_id
    people = await queries.members(session, found, by=who.id if judges else None) if shown else []
    members = [_member(one) for one in people]
    response = VisitResponse.model_validate(found, from_attributes=True)
    return response.model_copy(update={"members": members, "codes": codes(policy), "asked": policy.visits.checklist})


def _member(one: Appraisal) -> VisitMember:
    return VisitMember(appraisal_id=one.id, servant_id=one.servant_id, state=one.state)


@router.post(
    "/visits/{visit_id}/date",
    summary="Set or move the date of the visit (its panel)",
    **permits(Relation.DEBTOR, Relation.PANEL, note="panel: this visit's; moved with a reason"),
)
async def set_date(visit_id: UUID, body: VisitDateRequest, session: Session) -> VisitSummaryResponse:
    visit = await dates.set_date(session, visit_id, body.visit_on, reason=body.reason)
    return VisitSummaryResponse.model_validate(visit)
