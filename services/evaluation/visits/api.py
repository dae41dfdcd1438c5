"""Routes of field visits: dates, reports, what those observed say, and the panel's assessments of a whole unit."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel, Field, StrictBool

from contracts.evaluation.visits import Stance
from contracts.policy.visits import ChecklistItem
from kit.web import Session, router
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.assessments.rules.form import codes
from services.evaluation.cycles.queries.context import cycle as cycle_of
from services.evaluation.cycles.queries.context import policy as policy_of
from services.evaluation.shapes import DEFAULT_LIMIT, Answer, Cursor, Limit, Page, Points, Text, paged
from services.evaluation.visits import queries
from services.evaluation.visits.commands import assessments, dates, reports, responses
from services.evaluation.visits.models import Visit
from services.evaluation.visits.rules import Reply, Response

routes = router(tags=["visits"])


class VisitLine(Answer):
    """A visit in a list."""

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
    response_state: Response | None
    """Null before the report."""


class VisitMember(BaseModel):
    """Somebody of the unit that is visited."""

    appraisal_id: UUID
    servant_id: UUID
    state: str


class SeenFinding(BaseModel):
    """What was seen, and how to go on, by its number."""

    number: int
    what: str
    how: str


class VisitDetail(VisitLine):
    """A visit with what is looked at, what was seen and answered, whom the panel assesses, and what it scores."""

    asked: tuple[ChecklistItem, ...] = ()
    """The policy's checklist."""
    checklist: dict[str, StrictBool | str] | None
    findings: list[SeenFinding] | None
    respondent_id: UUID | None
    response: list[Reply] | None
    response_note: str | None
    """What was said about the whole visit, or why nobody responded."""
    responded_by: UUID | None
    responded_at: datetime | None
    members: list[VisitMember] = Field(default_factory=list)
    codes: tuple[str, ...] = ()


class VisitDate(BaseModel):
    """On which day the panel comes; moving a date needs a reason."""

    visit_on: date
    reason: Text | None = None


class Finding(BaseModel):
    """What was seen, and how to go on."""

    what: Text
    how: Text


class Report(BaseModel):
    """The report of a visit that was held."""

    held_on: date
    checklist: dict[str, StrictBool | Text] = Field(default_factory=dict, max_length=200)
    """Answers by the codes of the policy's items: true or false, or a text."""
    findings: list[Finding] = Field(default_factory=list, max_length=200)


class NewReply(BaseModel):
    """Agree with a finding or explain it; what will be done about it, if anything."""

    number: int = Field(ge=1)
    stance: Stance
    text: str = Field(default="", max_length=4000)
    action: Text | None = None


class NewResponse(BaseModel):
    """What those observed say: to findings by their numbers, and to the whole visit."""

    items: list[NewReply] = Field(default_factory=list, max_length=200)
    comment: str = Field(default="", max_length=4000)


class PanelItem(BaseModel):
    """What the panel gives one person."""

    appraisal_id: UUID
    scores: dict[str, Points] = Field(max_length=100)
    comment: str = Field(default="", max_length=4000)


class PanelItems(BaseModel):
    """A whole unit."""

    items: list[PanelItem] = Field(min_length=1, max_length=2000)


@routes.get("/visits", summary="Visits of the reader's panels and unit; all for the performance office")
async def list_visits(
    session: Session,
    cycle_id: Annotated[UUID | None, Query()] = None,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Page[VisitLine]:
    rows = await queries.page(session, cycle_id=cycle_id, after=cursor, limit=limit)
    return paged([VisitLine.model_validate(row) for row in rows], _last(rows), limit)


def _last(rows: Sequence[Visit]) -> UUID | None:
    return rows[-1].id if rows else None


@routes.get("/visits/{visit_id}", summary="A visit with its report, its members and what is scored")
async def read_visit(visit_id: UUID, session: Session) -> VisitDetail:
    found = await queries.one(session, visit_id)
    policy = policy_of(await cycle_of(session, found.cycle_id))
    members = [_member(one) for one in await queries.members(session, found)]
    shown = VisitDetail.model_validate(found, from_attributes=True)
    return shown.model_copy(update={"members": members, "codes": codes(policy), "asked": policy.visits.checklist})


def _member(one: Appraisal) -> VisitMember:
    return VisitMember(appraisal_id=one.id, servant_id=one.servant_id, state=one.state)


@routes.post("/visits/{visit_id}/date", summary="Set or move the date of the visit (its panel)")
async def set_date(visit_id: UUID, body: VisitDate, session: Session) -> VisitLine:
    return VisitLine.model_validate(await dates.set_date(session, visit_id, body.visit_on, reason=body.reason))


@routes.post("/visits/{visit_id}/report", summary="Report that the visit was held (its panel)")
async def report(visit_id: UUID, body: Report, session: Session) -> VisitLine:
    held = await reports.report(
        session,
        visit_id,
        held_on=body.held_on,
        checklist=body.checklist,
        findings=[one.model_dump() for one in body.findings],
    )
    return VisitLine.model_validate(held)


@routes.post("/visits/{visit_id}/response", summary="Respond to the findings (the head of the unit that was visited)")
async def respond(visit_id: UUID, body: NewResponse, session: Session) -> VisitLine:
    replies = [Reply.model_validate(one, from_attributes=True) for one in body.items]
    return VisitLine.model_validate(await responses.respond(session, visit_id, replies, comment=body.comment))


@routes.post("/visits/{visit_id}/assessments", summary="Assess the unit that was visited (its panel)")
async def assess_unit(visit_id: UUID, body: PanelItems, session: Session) -> VisitLine:
    items = [assessments.PanelItem(one.appraisal_id, one.scores, one.comment) for one in body.items]
    return VisitLine.model_validate(await assessments.assess_unit(session, visit_id, items))
