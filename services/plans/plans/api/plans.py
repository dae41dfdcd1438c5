"""Routes of plans: read, write, propose, return, set, amend."""

from uuid import UUID

from fastapi import Response

from contracts.base import Relation, Role
from kit import web
from kit.access import permits
from kit.paging import Page, Paging, page_of
from services.plans.lookups.commands import LOOKUPS
from services.plans.lookups.rules import Record
from services.plans.plans.api.etags import IfMatch, read_version, tag
from services.plans.plans.api.requests import AmendmentRequest, PlanRequest, ReturnRequest, SettingRequest
from services.plans.plans.api.responses import PlanResponse, PlanSummaryResponse, SettingResponse
from services.plans.plans.commands import amendments, answers, drafts, proposals
from services.plans.plans.queries import plans as queries
from services.plans.plans.queries.access import READERS
from services.plans.plans.rules.states import PlanState

router = web.router(tags=["plans"])

_STAND_IN = "the servant, where nobody rates him or her or the office took over"
_WHEN_NOBODY_RATES = "the office for whom nobody rates"


@router.get(
    "/plans",
    summary="The plans one may read: one's own, of those one leads; all for the office",
    **permits(
        Relation.ANYONE,
        note="one's own, of those one leads, whose obligation one holds; all for the office",
        assisted=True,
    ),
)
async def list_plans(
    session: web.Session,
    paging: Paging,
    cycle_id: UUID | None = None,
    servant_id: UUID | None = None,
    rater_id: UUID | None = None,
    state: PlanState | None = None,
) -> Page[PlanSummaryResponse]:
    found = await queries.page(
        session, cycle_id=cycle_id, servant_id=servant_id, rater_id=rater_id, state=state, window=paging
    )
    people = [one.servant_id for one in found.items]
    office, narrowed = (Role.PERFORMANCE_OFFICE,), not (servant_id is None and rater_id is None and state is None)
    await LOOKUPS.note_list(session, Record.PLAN, people, all_for=office, cycle_id=cycle_id, narrowed=narrowed)
    return page_of(found, PlanSummaryResponse.model_validate)


@router.get(
    "/plans/{plan_id}",
    summary="A plan with results, values so far, reports and dialogues",
    **permits(*READERS, note="debtor of the obligation to propose or to answer", assisted=True),
)
async def read(plan_id: UUID, session: web.Session, response: Response) -> PlanResponse:
    shown = await _whole(plan_id, session, response)
    await LOOKUPS.note(session, Record.PLAN, [shown.servant_id])
    return shown


async def _whole(plan_id: UUID, session: web.Session, response: Response) -> PlanResponse:
    """As it is read, and as whoever changed it gets it back."""
    found = await queries.whole(session, plan_id)
    tag(response, found.plan)
    return PlanResponse.of(found)


@router.put(
    "/plans/{plan_id}",
    summary="Write the whole content of a draft or returned plan",
    **permits(
        Relation.SELF, Relation.DEBTOR, note="debtor of the obligation to propose, after a hand-over", assisted=True
    ),
)
async def write(
    plan_id: UUID, body: PlanRequest, session: web.Session, response: Response, if_match: IfMatch = None
) -> PlanResponse:
    await drafts.write(session, plan_id, written=body.content, if_match=read_version(if_match))
    return await _whole(plan_id, session, response)


@router.post(
    "/plans/setting",
    summary="Set several plans, all or none",
    **permits(Relation.RATER, Relation.DEBTOR, note="each of the plans, or none", concerns=_STAND_IN),
)
async def set_plans(body: SettingRequest, session: web.Session) -> SettingResponse:
    plans = await answers.set_plans(session, body.plan_ids)
    return SettingResponse(items=[PlanSummaryResponse.model_validate(plan) for plan in plans])


@router.post(
    "/plans/{plan_id}/proposal", summary="Propose the plan to the rater", **permits(Relation.SELF, assisted=True)
)
async def propose(plan_id: UUID, session: web.Session, response: Response, if_match: IfMatch = None) -> PlanResponse:
    await proposals.propose(session, plan_id, if_match=read_version(if_match))
    return await _whole(plan_id, session, response)


@router.post(
    "/plans/{plan_id}/return",
    summary="Return the plan with a reason",
    **permits(Relation.RATER, Relation.DEBTOR, note=_WHEN_NOBODY_RATES, concerns=_STAND_IN),
)
async def return_plan(
    plan_id: UUID, body: ReturnRequest, session: web.Session, response: Response
) -> PlanSummaryResponse:
    plan = await answers.return_plan(session, plan_id, reason=body.reason, remarks=body.remarks)
    tag(response, plan)
    return PlanSummaryResponse.model_validate(plan)


@router.post(
    "/plans/{plan_id}/setting",
    summary="Set the plan after a recorded dialogue",
    **permits(Relation.RATER, Relation.DEBTOR, note=_WHEN_NOBODY_RATES, concerns=_STAND_IN),
)
async def set_plan(
    plan_id: UUID, session: web.Session, response: Response, if_match: IfMatch = None
) -> PlanSummaryResponse:
    plan = await answers.set_plan(session, plan_id, if_match=read_version(if_match))
    tag(response, plan)
    return PlanSummaryResponse.model_validate(plan)


@router.post(
    "/plans/{plan_id}/amendment",
    summary="Amend a plan that was set; the old version is kept",
    **permits(Relation.RATER),
)
async def amend(
    plan_id: UUID, body: AmendmentRequest, session: web.Session, response: Response, if_match: IfMatch = None
) -> PlanResponse:
    await amendments.amend(session, plan_id, reason=body.reason, written=body.content, if_match=read_version(if_match))
    return await _whole(plan_id, session, response)
