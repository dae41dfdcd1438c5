"""Routes of objections, from filing to decision."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel, Field

from contracts.amendments import ScoreChanges
from contracts.base import Predicate, Rating, Relation
from contracts.evidence import Evidence, Evidences
from contracts.feedback.objections import DecidedItem, ObjectionOutcome
from kit import web
from kit.access import permits
from kit.paging import Page, Paging, page_of
from kit.responses import FromRow
from services.feedback.fields import Instant, Short, Text
from services.feedback.file.commands import note
from services.feedback.file.rules import Record
from services.feedback.objections.commands import decisions, hearings
from services.feedback.objections.commands import objections as commands
from services.feedback.objections.commands.objections import Case
from services.feedback.objections.queries import objections as queries
from services.feedback.objections.rules.decisions import ScoredDecision
from services.feedback.objections.rules.states import Stage

router = web.router(tags=["objections"])


class ObjectionOrder(StrEnum):
    """What comes first in a listing."""

    NEWEST = "NEWEST"
    DUE = "DUE"
    """What is to be decided soonest."""


class ObjectionRequest(BaseModel):
    """An objection with its reasons."""

    result_id: UUID
    grounds: Text
    items: list[Short] = Field(default=[], max_length=50)
    evidence: Evidences = []


class ObjectionSummaryResponse(FromRow):
    """An objection in a listing."""

    id: UUID
    result_id: UUID
    appraisal_id: UUID
    cycle_id: UUID
    servant_id: UUID
    rater_id: UUID
    authority_id: UUID
    state: str
    filed_at: Instant
    statements_by: Instant
    decide_by: Instant
    decided_at: Instant | None
    outcome: str | None
    escalated_at: Instant | None


class StatementResponse(FromRow):
    """What one side explained."""

    side: str
    by_id: UUID
    text: str
    at: Instant


class ObjectionResponse(ObjectionSummaryResponse):
    """Everything about one objection; the ratings and the predicate are those of the contested result."""

    grounds: str
    items: list[str]
    evidence: list[Evidence]
    result_rating: Rating
    behaviour_rating: Rating
    predicate: Predicate
    statements: list[StatementResponse]
    decided_by: UUID | None
    decision: ScoredDecision | None


class StatementRequest(BaseModel):
    """An explanation."""

    text: Text


class ObjectionDecisionRequest(BaseModel):
    """Upheld, or amended with both new ratings, with scores set anew, or with both; always with a reason."""

    outcome: ObjectionOutcome
    reason: Text
    result_rating: Rating | None = None
    behaviour_rating: Rating | None = None
    items: list[DecidedItem] = Field(default=[], max_length=50)
    """One for each contested item; without any, all are decided alike."""
    scores: ScoreChanges = []
    """Criteria with their score, indicators with their actual: the score is made anew from them."""


@router.post(
    "/objections",
    status_code=201,
    summary="Object to one's own result, with reasons, inside the window",
    **permits(Relation.SELF, note="against one's own result, inside the window"),
)
async def file(body: ObjectionRequest, session: web.Session) -> ObjectionSummaryResponse:
    case = Case(body.grounds, body.items, body.evidence)
    return ObjectionSummaryResponse.model_validate(await commands.file(session, body.result_id, case=case))


@router.get(
    "/objections",
    summary="Objections one is a party to or decides; all for the office and for auditors",
    **permits(Relation.ANYONE, note="of which one is a party or the authority; all for the office and for auditors"),
)
async def list_objections(
    session: web.Session,
    paging: Paging,
    cycle_id: UUID | None = None,
    unit_id: UUID | None = None,
    servant_id: UUID | None = None,
    state: Annotated[list[Stage] | None, Query(max_length=len(Stage))] = None,
    order: ObjectionOrder = ObjectionOrder.NEWEST,
) -> Page[ObjectionSummaryResponse]:
    wanted = queries.Wanted(cycle_id, unit_id, servant_id, state or (), by_due=order is ObjectionOrder.DUE)
    found = await queries.objections(session, wanted, window=paging)
    await note(session, Record.OBJECTION, [one.servant_id for one in found.items])
    return page_of(found, ObjectionSummaryResponse.model_validate)


@router.get(
    "/objections/{objection_id}",
    summary="One objection with both statements",
    **permits(Relation.SELF, Relation.RATER, Relation.AUTHORITY, Relation.DEBTOR, Relation.OFFICE, Relation.AUDITOR),
)
async def read(objection_id: UUID, session: web.Session) -> ObjectionResponse:
    found = await queries.case_file(session, objection_id)
    await note(session, Record.OBJECTION, [found.objection.servant_id])
    listed = ObjectionSummaryResponse.model_validate(found.objection)
    return ObjectionResponse(
        **listed.model_dump(),
        grounds=found.objection.grounds,
        items=found.objection.items,
        evidence=[Evidence.model_validate(one) for one in found.objection.evidence],
        result_rating=Rating(found.result.result_rating),
        behaviour_rating=Rating(found.result.behaviour_rating),
        predicate=Predicate(found.result.predicate),
        statements=[StatementResponse.model_validate(one) for one in found.statements],
        decided_by=found.objection.decided_by,
        decision=queries.recorded_decision(found.objection),
    )


@router.post(
    "/objections/{objection_id}/statements",
    status_code=201,
    summary="Explain (rater or servant)",
    **permits(Relation.SELF, Relation.RATER),
)
async def state(objection_id: UUID, body: StatementRequest, session: web.Session) -> StatementResponse:
    return StatementResponse.model_validate(await hearings.state(session, objection_id, text=body.text))


@router.post(
    "/objections/{objection_id}/decision",
    summary="Uphold or amend (reviewing authority)",
    **permits(
        Relation.AUTHORITY,
        Relation.DEBTOR,
        note="debtor of the obligation to decide",
        concerns="both parties, where it fell to the office",
    ),
)
async def decide(objection_id: UUID, body: ObjectionDecisionRequest, session: web.Session) -> ObjectionSummaryResponse:
    decision = ScoredDecision.model_validate(body.model_dump())
    return ObjectionSummaryResponse.model_validate(await decisions.decide(session, objection_id, decision=decision))


@router.post("/objections/{objection_id}/withdrawal", summary="Take one's objection back", **permits(Relation.SELF))
async def withdraw(objection_id: UUID, session: web.Session) -> ObjectionSummaryResponse:
    return ObjectionSummaryResponse.model_validate(await commands.withdraw(session, objection_id))
