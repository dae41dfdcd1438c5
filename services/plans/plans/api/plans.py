"""Routes of plans: read, write, propose, return, set, amend."""

from uuid import UUID

from fastapi import Response
from pydantic import BaseModel, Field

from directory.queries import cycle_policy
from kit import web
from services.plans.plans.api.responses import PlanShown, PlanWhole, VersionShown
from services.plans.plans.commands import amendments, answers, drafts
from services.plans.plans.queries import plans as queries
from services.plans.plans.rules.content import Content
from services.plans.plans.rules.states import State
from services.plans.shapes import Cursor, IfMatch, Limit, Page, Shown, Text, page, read_version, tag

router = web.router(tags=["plans"])


class ReturnIn(BaseModel):
    """Why a plan comes back."""

    reason: Text


class SettingIn(BaseModel):
    """Plans to be set, all or none."""

    plan_ids: list[UUID] = Field(min_length=1, max_length=100)


class AmendmentIn(Content):
    """Another content for a plan that was set; what is not named stays as it is."""

    reason: Text

    @property
    def content(self) -> Content:
        """Of the content, what was named."""
        return Content(**{name: getattr(self, name) for name in self.model_fields_set & Content.model_fields.keys()})


class SuperiorResult(Shown):
    """A result of the rater."""

    id: UUID
    statement: str


class Goals(BaseModel):
    """What a plan's results may be linked to."""

    goals: list[str]
    superior_results: list[SuperiorResult]


@router.get("/plans", summary="The plans one may read: one's own, of those one leads; all for the office")
async def list_plans(
    session: web.Session,
    cycle_id: UUID | None = None,
    servant_id: UUID | None = None,
    rater_id: UUID | None = None,
    state: State | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[PlanShown]:
    rows = await queries.listed(
        session,
        cycle_id=cycle_id,
        servant_id=servant_id,
        rater_id=rater_id,
        state=state,
        after=cursor,
        limit=limit + 1,
    )
    return page(PlanShown, rows, limit)


@router.get("/plans/{plan_id}", summary="A plan with results, values so far, reports and dialogues")
async def read(plan_id: UUID, session: web.Session, response: Response) -> PlanWhole:
    found = await queries.whole(session, plan_id)
    tag(response, found.plan)
    return PlanWhole.of(found)


@router.put("/plans/{plan_id}", summary="Write the whole content of a draft or returned plan")
async def write(
    plan_id: UUID, body: Content, session: web.Session, response: Response, if_match: IfMatch = None
) -> PlanWhole:
    await drafts.write(session, plan_id, written=body, if_match=read_version(if_match))
    return await read(plan_id, session, response)


@router.post("/plans/setting", summary="Set several plans, all or none")
async def set_plans(body: SettingIn, session: web.Session) -> list[PlanShown]:
    return [PlanShown.model_validate(plan) for plan in await answers.set_plans(session, body.plan_ids)]


@router.post("/plans/{plan_id}/proposal", summary="Propose the plan to the rater")
async def propose(plan_id: UUID, session: web.Session, response: Response, if_match: IfMatch = None) -> PlanWhole:
    await answers.propose(session, plan_id, if_match=read_version(if_match))
    return await read(plan_id, session, response)


@router.post("/plans/{plan_id}/return", summary="Return the plan with a reason")
async def return_plan(plan_id: UUID, body: ReturnIn, session: web.Session, response: Response) -> PlanShown:
    plan = await answers.return_plan(session, plan_id, reason=body.reason)
    tag(response, plan)
    return PlanShown.model_validate(plan)


@router.post("/plans/{plan_id}/setting", summary="Set the plan after a recorded dialogue")
async def set_plan(plan_id: UUID, session: web.Session, response: Response, if_match: IfMatch = None) -> PlanShown:
    plan = await answers.set_plan(session, plan_id, if_match=read_version(if_match))
    tag(response, plan)
    return PlanShown.model_validate(plan)


@router.post("/plans/{plan_id}/amendment", summary="Amend a plan that was set; the old version is kept")
async def amend(
    plan_id: UUID, body: AmendmentIn, session: web.Session, response: Response, if_match: IfMatch = None
) -> PlanWhole:
    await amendments.amend(session, plan_id, reason=body.reason, written=body.content, if_match=read_version(if_match))
    return await read(plan_id, session, response)


@router.get("/plans/{plan_id}/versions", summary="Every content that was set, oldest first")
async def versions(plan_id: UUID, session: web.Session) -> list[VersionShown]:
    return [
        VersionShown(
            plan_version=kept.plan_version,
            **Content.model_validate(kept.content).model_dump(),
            set_at=kept.set_at,
            set_by=kept.set_by,
            reason=kept.reason,
        )
        for kept in await queries.versions(session, plan_id)
    ]


@router.get("/plans/{plan_id}/goals", summary="The city's goals and the rater's results that a plan may be linked to")
async def goals(plan_id: UUID, session: web.Session) -> Goals:
    plan = await queries.find(session, plan_id)
    policy = await cycle_policy(session, plan.cycle_id)
    results = await queries.superior_results(session, plan)
    return Goals(
        goals=[goal.id for goal in policy.goals],
        superior_results=[SuperiorResult.model_validate(result) for result in results],
    )
