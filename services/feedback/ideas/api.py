"""Routes of the idea log."""

from uuid import UUID

from pydantic import BaseModel

from contracts.base import Relation
from kit import web
from kit.access import permits
from kit.paging import Page, Paging, page_of
from kit.responses import FromRow
from services.feedback.fields import Instant, Short, Text
from services.feedback.ideas import commands, queries

_STAND_IN = "the author, where nobody rates him or her or it fell to the office"
router = web.router(tags=["ideas"])


class IdeaRequest(BaseModel):
    """An idea for the own leader."""

    cycle_id: UUID
    title: Short
    text: Text
    shared: bool = True
    """Colleagues of the unit see it with its answer; else it stays between author and leader."""


class IdeaResponse(FromRow):
    """An idea and the leader's answer."""

    id: UUID
    cycle_id: UUID
    author_id: UUID
    leader_id: UUID
    title: str
    text: str
    at: Instant
    shared: bool
    answer: str | None
    adopted: bool | None
    answered_by: UUID | None
    answered_at: Instant | None


class IdeaListResponse(Page[IdeaResponse]):
    """Ideas one may read; the numbers cover them, and all of the city for the performance office."""

    submitted: int
    answered: int


class IdeaRateResponse(FromRow):
    """How the ideas of one unit are answered."""

    unit_id: UUID
    submitted: int
    answered: int
    adopted: int


class IdeaAnswerRequest(BaseModel):
    """What the leader says."""

    answer: Text
    adopted: bool


@router.post(
    "/ideas",
    status_code=201,
    summary="Submit an idea to the own leader",
    **permits(Relation.ANYONE, note="to one's own leader, whoever takes part in the cycle"),
)
async def submit(body: IdeaRequest, session: web.Session) -> IdeaResponse:
    submitted = await commands.submit(session, body.cycle_id, title=body.title, text=body.text, shared=body.shared)
    return IdeaResponse.model_validate(submitted)


@router.get(
    "/ideas",
    summary="One's own ideas and those one answers; the answer rate for the office",
    **permits(Relation.ANYONE, note="one's own and those one answers; the answer rate for the office"),
)
async def list_ideas(session: web.Session, paging: Paging, cycle_id: UUID | None = None) -> IdeaListResponse:
    log = await queries.ideas(session, cycle_id=cycle_id, window=paging)
    page = page_of(log.page, IdeaResponse.model_validate)
    return IdeaListResponse(items=page.items, next=page.next, submitted=log.submitted, answered=log.answered)


@router.get(
    "/cycles/{cycle_id}/ideas",
    summary="Ideas of the colleagues of one's unit, with their answers",
    **permits(Relation.ANYONE, note="whoever takes part in the cycle: those that colleagues of the unit shared"),
)
async def list_of_unit(cycle_id: UUID, session: web.Session, paging: Paging) -> Page[IdeaResponse]:
    return page_of(await queries.of_own_unit(session, cycle_id, window=paging), IdeaResponse.model_validate)


@router.get(
    "/cycles/{cycle_id}/idea-rates",
    summary="How many ideas were answered, by unit",
    **permits(Relation.ANYONE, note="numbers by unit, for everybody of the city"),
)
async def list_rates(cycle_id: UUID, session: web.Session, paging: Paging) -> Page[IdeaRateResponse]:
    return page_of(await queries.rates(session, cycle_id, window=paging), IdeaRateResponse.model_validate)


@router.post(
    "/ideas/{idea_id}/answer",
    summary="Answer an idea (leader or who owes it)",
    **permits(Relation.RATER, Relation.DEBTOR, note="rater: the leader it was submitted to", concerns=_STAND_IN),
)
async def answer(idea_id: UUID, body: IdeaAnswerRequest, session: web.Session) -> IdeaResponse:
    return IdeaResponse.model_validate(await commands.answer(session, idea_id, text=body.answer, adopted=body.adopted))
