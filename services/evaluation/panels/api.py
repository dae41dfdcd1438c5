"""Routes of panels: conflicts of interest, a visit that the office orders, and the panel that it names."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from fastapi import status
from pydantic import BaseModel, Field, model_validator

from contracts.written import Day
from directory.relations import Relation
from kit import web
from kit.access import permits
from kit.paging import Page, Paging, page_of
from kit.responses import FromRow
from kit.web import Session
from services.evaluation.fields import Text
from services.evaluation.panels import queries
from services.evaluation.panels.commands import conflicts, naming
from services.evaluation.visits.api.visits import VisitSummaryResponse

router = web.router(tags=["visits"])
_LEADER = "who leads the unit that is visited"
Panel = Annotated[list[UUID], Field(min_length=1, max_length=20)]
"""Members, the first of whom leads."""


class ConflictRequest(BaseModel):
    """Of which unit, or of which person, the member is not independent, and why."""

    unit_id: UUID | None = None
    servant_id: UUID | None = None
    reason: Text

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.unit_id is None) == (self.servant_id is None):
            raise ValueError("name either unit_id or servant_id")
        return self


class ConflictResponse(FromRow):
    """A declared conflict of interest."""

    id: UUID
    member_id: UUID
    unit_id: UUID | None
    servant_id: UUID | None
    reason: str
    declared_at: datetime


class PanelRequest(BaseModel):
    """Who visits and assesses, and why these."""

    panel: Panel
    reason: Text

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len(set(self.panel)) != len(self.panel):
            raise ValueError("each member once")
        return self


class VisitOrderRequest(PanelRequest):
    """Which unit is visited when, and by whom."""

    unit_id: UUID
    visit_on: Day


@router.post(
    "/panel-conflicts",
    status_code=status.HTTP_201_CREATED,
    summary="Declare a conflict of interest (a member of a panel); another member takes over",
    **permits(Relation.PANEL, note="who holds the role, or is on any panel; before or after being named"),
)
async def declare(body: ConflictRequest, session: Session) -> ConflictResponse:
    made = await conflicts.declare(session, unit_id=body.unit_id, servant_id=body.servant_id, reason=body.reason)
    return ConflictResponse.model_validate(made)


@router.get(
    "/panel-conflicts",
    summary="Declared conflicts of interest",
    **permits(Relation.ANYONE, note="one's own; all for the office"),
)
async def list_conflicts(session: Session, paging: Paging) -> Page[ConflictResponse]:
    return page_of(await queries.page(session, window=paging), ConflictResponse.model_validate)


@router.post(
    "/cycles/{cycle_id}/visits",
    summary="Order a visit to a unit on a day by a named panel (office)",
    **permits(Relation.OFFICE, concerns=_LEADER),
)
async def order(cycle_id: UUID, body: VisitOrderRequest, session: Session) -> VisitSummaryResponse:
    visit = await naming.order(
        session, cycle_id, body.unit_id, panel=body.panel, visit_on=body.visit_on, reason=body.reason
    )
    return VisitSummaryResponse.model_validate(visit)


@router.post(
    "/visits/{visit_id}/panel",
    summary="Name another panel for a visit (office)",
    **permits(Relation.OFFICE, concerns=_LEADER),
)
async def name(visit_id: UUID, body: PanelRequest, session: Session) -> VisitSummaryResponse:
    visit = await naming.name(session, visit_id, panel=body.panel, reason=body.reason)
    return VisitSummaryResponse.model_validate(visit)
