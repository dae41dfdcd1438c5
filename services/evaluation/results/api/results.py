"""Routes of results: signing, reading, the explanation, the acknowledgement of receipt."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel, Field

from contracts.policy import Words
from kit.web import Session, router
from scoring.explanation import Sentence, explain
from scoring.names import Names
from scoring.trace import Step
from services.evaluation.appraisals.queries import appraisals
from services.evaluation.cycles.queries.context import cycle as cycle_of
from services.evaluation.cycles.queries.context import policy as policy_of
from services.evaluation.results.commands import receipt, signing
from services.evaluation.results.queries import results
from services.evaluation.shapes import DEFAULT_LIMIT, Answer, Cursor, Limit, Page, paged

routes = router(tags=["results"])


class Signing(BaseModel):
    """Which results to sign; the note says e.g. that they were talked over."""

    cycle_id: UUID
    appraisal_ids: list[UUID] = Field(min_length=1, max_length=1000)
    note: str | None = Field(default=None, max_length=4000)


class SignedLine(BaseModel):
    """What became of one appraisal in the call."""

    appraisal_id: UUID
    outcome: signing.Verdict
    result_id: UUID | None


class Signed(BaseModel):
    """The outcome of each."""

    items: list[SignedLine]


class ResultLine(Answer):
    """One version of a result."""

    id: UUID
    appraisal_id: UUID
    cycle_id: UUID
    servant_id: UUID
    rater_id: UUID
    authority_id: UUID | None
    version: int
    result_rating: str
    behaviour_rating: str
    predicate: str
    local_score: Decimal | None
    local_band: str | None
    criteria: dict[str, str | None]
    strengths: list[str]
    areas: list[str]
    issued_at: datetime
    issued_by: UUID
    by_superior: bool
    reason: str | None
    issue_note: str | None
    final_without_objection: bool
    delivered_at: datetime | None
    received_at: datetime | None
    deemed: bool | None
    receipt_note: str | None
    object_until: datetime | None
    finalised_at: datetime | None
    superseded_by: int | None


class Explanation(BaseModel):
    """Why this result: every step as data, and as a sentence in both languages."""

    result_id: UUID
    version: int
    policy_version: int
    """Of the policy that the cycle froze."""
    strengths: list[Words]
    areas: list[Words]
    """Where to improve."""
    trace: list[dict[str, Any]]
    sentences: tuple[Sentence, ...]


class Acknowledgement(BaseModel):
    """Receipt is not agreement; the note is the servant's own."""

    note: str | None = Field(default=None, max_length=4000)


@routes.post("/results/issue", summary="Sign results, with an outcome for each (rater or who holds the duty)")
async def issue(body: Signing, session: Session) -> Signed:
    signed = await signing.issue(session, body.cycle_id, body.appraisal_ids, note=body.note)
    lines = [SignedLine(appraisal_id=one.appraisal_id, outcome=one.verdict, result_id=one.result_id) for one in signed]
    return Signed(items=lines)


@routes.get("/results", summary="Every version that the reader may see")
async def list_results(
    session: Session,
    cycle_id: Annotated[UUID | None, Query()] = None,
    servant_id: Annotated[UUID | None, Query()] = None,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Page[ResultLine]:
    rows = await results.page(session, cycle_id=cycle_id, servant_id=servant_id, after=cursor, limit=limit)
    return paged([ResultLine.model_validate(row) for row in rows], rows[-1].id if rows else None, limit)


@routes.get("/results/{result_id}", summary="One version of a result")
async def read_result(result_id: UUID, session: Session) -> ResultLine:
    return ResultLine.model_validate(await results.one(session, result_id))


@routes.get("/results/{result_id}/explanation", summary="Why this result: the trace and its sentences")
async def read_explanation(result_id: UUID, session: Session) -> Explanation:
    found = await results.one(session, result_id)
    cycle = await cycle_of(session, found.cycle_id)
    appraisal = await appraisals.one(session, found.appraisal_id)
    names = Names(policy_of(cycle), _statements(appraisal.plan or []))
    steps = [Step.model_validate(step) for step in found.trace]
    return Explanation(
        result_id=found.id,
        version=found.version,
        policy_version=cycle.policy_version,
        strengths=[names(code) for code in found.strengths],
        areas=[names(code) for code in found.areas],
        trace=found.trace,
        sentences=explain(steps, names),
    )


def _statements(plan: list[dict[str, Any]]) -> Mapping[str, str]:
    return {str(one["id"]): str(one["statement"]) for one in plan}


@routes.post("/results/{result_id}/acknowledgement", summary="Acknowledge receipt (the servant); it is not agreement")
async def acknowledge(result_id: UUID, session: Session, body: Acknowledgement | None = None) -> ResultLine:
    note = None if body is None else body.note
    return ResultLine.model_validate(await receipt.acknowledge(session, result_id, note=note))
