"""Routes of templates of plans."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from pydantic import BaseModel, Field

from contracts.base import Relation
from kit import web
from kit.access import permits
from kit.paging import Page, Paging, page_of
from kit.responses import FromRow
from services.plans.plans.api.etags import tag
from services.plans.plans.api.responses import PlanResponse
from services.plans.plans.queries import plans
from services.plans.plans.rules.content import Content
from services.plans.plans.rules.texts import Title
from services.plans.templates import queries
from services.plans.templates.commands import assignments
from services.plans.templates.commands import templates as commands
from services.plans.templates.commands.assignments import Whom
from services.plans.templates.models import PlanTemplate

router = web.router(tags=["templates"])

_ALIKE = "a template is for everybody of a position"


class PlanTemplateRequest(Content):
    """What plans of a position start from."""

    position: Title
    name: Title

    @property
    def content(self) -> Content:
        """The content alone."""
        return Content.model_validate(self.model_dump(exclude={"position", "name"}))


class PlanTemplateResponse(Content):
    """A template with what it says."""

    id: UUID
    position: str
    name: str
    kept_by: UUID
    kept_at: datetime
    retired_at: datetime | None

    @classmethod
    def of(cls, row: PlanTemplate) -> "PlanTemplateResponse":
        """Made from the row."""
        about = row.model_dump(include={"id", "position", "name", "kept_by", "kept_at", "retired_at"})
        return cls(**Content.model_validate(row.content).model_dump(), **about)


class StartRequest(BaseModel):
    """The template from which a plan starts."""

    template_id: UUID


@router.post(
    "/plan-templates",
    status_code=201,
    summary="Keep a template of plans for a position, or another content of one's own",
    **permits(Relation.RATER, Relation.AUTHORITY, Relation.OFFICE, note="who leads somebody", alike=_ALIKE),
)
async def keep(body: PlanTemplateRequest, session: web.Session) -> PlanTemplateResponse:
    kept = await commands.keep(session, position=body.position, name=body.name, written=body.content)
    return PlanTemplateResponse.of(kept)


@router.get(
    "/plan-templates", summary="The templates that are kept, of a position", **permits(Relation.ANYONE, assisted=True)
)
async def list_templates(
    session: web.Session, paging: Paging, position: Annotated[str | None, Query(max_length=300)] = None
) -> Page[PlanTemplateResponse]:
    return page_of(await queries.page(session, position=position, window=paging), PlanTemplateResponse.of)


class AssignmentRequest(BaseModel):
    """Whose empty plans begin with the template: by default everybody of its position."""

    cycle_id: UUID
    unit_id: UUID | None = None
    """Only people of this unit and of those below it."""
    positions: list[Title] = Field(default=[], max_length=100)
    """Other positions than the template's."""
    servant_ids: list[UUID] = Field(default=[], max_length=1000)
    """Only these people, whatever their position."""

    @property
    def whom(self) -> Whom:
        """As the command takes it."""
        return Whom(self.cycle_id, self.unit_id, tuple(self.positions), tuple(self.servant_ids))


class AssignmentResponse(FromRow):
    """How many plans began with it, and how many did not."""

    begun: int
    with_content: int
    """They say something already, and stay as they are."""
    past_draft: int
    """They were proposed, set or closed."""


class AssignedPersonResponse(FromRow):
    """One person of the selection, and what the act would do."""

    plan_id: UUID
    servant_id: UUID
    name: str | None
    position: str | None
    unit_id: UUID
    outcome: assignments.Outcome


@router.get(
    "/plan-templates/{template_id}/assignment",
    summary="Whose plans would begin with a template, and whose would not and why",
    **permits(
        Relation.RATER, Relation.AUTHORITY, Relation.OFFICE, note="the office of everybody, leaders of their own people"
    ),
)
async def preview_assignment(
    template_id: UUID,
    cycle_id: UUID,
    session: web.Session,
    paging: Paging,
    unit_id: UUID | None = None,
    position: Annotated[list[Title] | None, Query(max_length=100, description="Other positions.")] = None,
) -> Page[AssignedPersonResponse]:
    whom = Whom(cycle_id, unit_id, tuple(position or ()), ())
    found = await assignments.preview(session, template_id, whom, window=paging)
    return page_of(found, AssignedPersonResponse.model_validate)


@router.post(
    "/plan-templates/{template_id}/assignment",
    summary="Let the empty plans of many people begin with a template, in one act",
    **permits(
        Relation.RATER,
        Relation.AUTHORITY,
        Relation.OFFICE,
        note="the office of everybody, leaders of their own people",
        alike="everybody of a position begins alike, and goes on writing the own plan",
    ),
)
async def assign(template_id: UUID, body: AssignmentRequest, session: web.Session) -> AssignmentResponse:
    return AssignmentResponse.model_validate(await assignments.assign(session, template_id, body.whom))


@router.post(
    "/plan-templates/{template_id}/retirement",
    summary="Take a template away; plans that started from it stay as they are",
    **permits(Relation.RATER, Relation.AUTHORITY, Relation.OFFICE, note="who keeps it, and the office", alike=_ALIKE),
)
async def retire(template_id: UUID, session: web.Session) -> PlanTemplateResponse:
    return PlanTemplateResponse.of(await commands.retire(session, template_id))


@router.post(
    "/plans/{plan_id}/start",
    summary="Begin an empty plan from a template",
    **permits(
        Relation.SELF, Relation.DEBTOR, note="debtor of the obligation to propose, after a hand-over", assisted=True
    ),
)
async def start(plan_id: UUID, body: StartRequest, session: web.Session, response: Response) -> PlanResponse:
    await commands.start(session, plan_id, body.template_id)
    found = await plans.whole(session, plan_id)
    tag(response, found.plan)
    return PlanResponse.of(found)
