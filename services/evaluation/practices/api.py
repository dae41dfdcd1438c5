"""Routes of the library of good practices."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query, status
from pydantic import BaseModel, Field, StringConstraints

from contracts.base import Relation
from contracts.evaluation.practices import PracticeState
from contracts.evidence import Evidence
from kit import web
from kit.access import permits
from kit.paging import Page, Paging, page_of
from kit.responses import FromRow
from kit.web import Session
from services.evaluation.fields import Text
from services.evaluation.practices import queries
from services.evaluation.practices.commands import practices
from services.evaluation.practices.models import Practice
from services.evaluation.practices.rules.states import PracticeAct

router = web.router(tags=["practices"])


class PracticeRequest(BaseModel):
    """What was done, where, and what proves it: at least one thing that others can look at."""

    appraisal_id: UUID
    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=200)]
    what: Text
    where: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
    evidence: list[Evidence] = Field(min_length=1, max_length=30)


class PracticeDecisionRequest(BaseModel):
    """What becomes of it, and why."""

    act: PracticeAct
    reason: Text


class PracticeUses(BaseModel):
    """How many plans took it over, in how many other units."""

    plans: int
    units: int


class PracticeResponse(FromRow):
    """A good practice with its proof, and how many took it over."""

    id: UUID
    cycle_id: UUID
    appraisal_id: UUID
    servant_id: UUID
    unit_id: UUID
    title: str
    what: str
    where: str
    evidence: list[Evidence]
    submitted_by: UUID
    submitted_at: datetime
    state: PracticeState
    decided_at: datetime | None
    reason: str | None
    uses: PracticeUses


def _response(practice: Practice, uses: queries.Uses) -> PracticeResponse:
    taken_over = PracticeUses(plans=uses.plans, units=uses.units)
    return PracticeResponse.model_validate(practice.model_dump() | {"uses": taken_over})


async def _answer(session: Session, practice: Practice) -> PracticeResponse:
    return _response(practice, (await queries.uses(session, [practice])).get(practice.id, queries.Uses()))


@router.get(
    "/practices",
    summary="The library of good practices",
    **permits(Relation.ANYONE, note="what is published, and what one wrote down or did; all for the office"),
)
async def list_practices(
    session: Session,
    paging: Paging,
    unit_id: Annotated[UUID | None, Query()] = None,
    state: Annotated[PracticeState | None, Query()] = None,
    words: Annotated[str | None, Query(max_length=100, description="In the title, the text or the place.")] = None,
) -> Page[PracticeResponse]:
    found = await queries.page(session, unit_id=unit_id, state=state, words=words, window=paging)
    uses = await queries.uses(session, found.items)
    return page_of(found, lambda one: _response(one, uses.get(one.id, queries.Uses())))


@router.get("/practices/{practice_id}", summary="A good practice", **permits(Relation.ANYONE, note="the same"))
async def read_practice(practice_id: UUID, session: Session) -> PracticeResponse:
    return await _answer(session, await queries.one(session, practice_id))


@router.post(
    "/practices",
    status_code=status.HTTP_201_CREATED,
    summary="Write down a good practice from a verified result",
    **permits(Relation.SELF, Relation.RATER, note="from a result that is final and good"),
)
async def submit(body: PracticeRequest, session: Session) -> PracticeResponse:
    example = practices.Example(body.title, body.what, body.where, body.evidence)
    return await _answer(session, await practices.submit(session, body.appraisal_id, example))


@router.post(
    "/practices/{practice_id}/decision",
    summary="Publish, decline or withdraw a good practice (performance office)",
    **permits(Relation.OFFICE, concerns="whose work it is"),
)
async def decide(practice_id: UUID, body: PracticeDecisionRequest, session: Session) -> PracticeResponse:
    return await _answer(session, await practices.decide(session, practice_id, body.act, reason=body.reason))
