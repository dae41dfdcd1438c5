"""Routes of field visits: lists, reports, and the panel's assessments of a whole unit."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel, Field

from kit.web import Session, router
from services.evaluation.api.appraisals import Points
from services.evaluation.api.cycles import Text
from services.evaluation.api.shapes import DEFAULT_LIMIT, Answer, Cursor, Limit, Page, paged
from services.evaluation.commands import panels, visiting
from services.evaluation.commands.frame import cycle as cycle_of
from services.evaluation.commands.frame import policy as policy_of
from services.evaluation.models import Appraisal, Visit
from services.evaluation.queries import visits
from services.evaluation.rules.forms import codes

routes = router(tags=["visits"])


class VisitLine(Answer):
    """A visit in a list."""

    id: UUID
    cycle_id: UUID
    unit_id: UUID
    lead_id: UUID
    panel: list[UUID]
    scheduled_for: datetime
    held_on: date | None
    state: str


class VisitMember(BaseModel):
    """Somebody of the unit that is visited."""

    appraisal_id: UUID
    servant_id: UUID
    state: str


class VisitDetail(VisitLine):
    """A visit with what was seen, whom the panel assesses, and what it scores."""

    checklist: dict[str, Any] | None
    findings: list[dict[str, str]] | None
    members: list[VisitMember] = Field(default_factory=list)
    codes: tuple[str, ...] = ()


class Finding(BaseModel):
    """What was seen, and how to go on."""

    what: Text
    how: Text


class Report(BaseModel):
    """The report of a visit that was held."""

    held_on: date
    checklist: dict[str, bool | str] = Field(default_factory=dict, max_length=200)
    findings: list[Finding] = Field(default_factory=list, max_length=200)


class PanelItem(BaseModel):
    """What the panel gives one person."""

    appraisal_id: UUID
    scores: dict[str, Points] = Field(max_length=100)
    comment: str = Field(default="", max_length=4000)


class PanelItems(BaseModel):
    """A whole unit."""

    items: list[PanelItem] = Field(min_length=1, max_length=2000)


@routes.get("/visits", summary="Visits of the reader's panels; all for the performance office")
async def list_visits(
    session: Session,
    cycle_id: Annotated[UUID | None, Query()] = None,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Page[VisitLine]:
    rows = await visits.page(session, cycle_id=cycle_id, after=cursor, limit=limit)
    return paged([VisitLine.model_validate(row) for row in rows], _last(rows), limit)


def _last(rows: Sequence[Visit]) -> UUID | None:
    return rows[-1].id if rows else None


@routes.get("/visits/{visit_id}", summary="A visit with its report, its members and what is scored")
async def read_visit(visit_id: UUID, session: Session) -> VisitDetail:
    found = await visits.one(session, visit_id)
    policy = policy_of(await cycle_of(session, found.cycle_id))
    members = [_member(one) for one in await visits.members(session, found)]
    shown = VisitDetail.model_validate(found, from_attributes=True)
    return shown.model_copy(update={"members": members, "codes": codes(policy)})


def _member(one: Appraisal) -> VisitMember:
    return VisitMember(appraisal_id=one.id, servant_id=one.servant_id, state=one.state)


@routes.post("/visits/{visit_id}/report", summary="Report that the visit was held (its panel)")
async def report(visit_id: UUID, body: Report, session: Session) -> VisitLine:
    held = await visiting.report(
        session,
        visit_id,
        held_on=body.held_on,
        checklist=body.checklist,
        findings=[one.model_dump() for one in body.findings],
    )
    return VisitLine.model_validate(held)


@routes.post("/visits/{visit_id}/assessments", summary="Assess the unit that was visited (its panel)")
async def assess_unit(visit_id: UUID, body: PanelItems, session: Session) -> VisitLine:
    items = [panels.PanelItem(one.appraisal_id, one.scores, one.comment) for one in body.items]
    return VisitLine.model_validate(await panels.assess_unit(session, visit_id, items))
