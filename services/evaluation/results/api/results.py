"""Routes of results: reading, the explanation, the acknowledgement of receipt."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel, Field

from contracts.policy import Words
from directory.relations import Relation
from kit import web
from kit.access import permits
from kit.paging import Page, Paging, page_of
from kit.responses import FromRow
from kit.web import Session
from scoring.explanation import Sentence, explain
from scoring.names import Names
from scoring.trace import Step
from services.evaluation.appraisals.queries import appraisals
from services.evaluation.competences.rules import CompetenceGap, said
from services.evaluation.cycles.queries.context import cycle as cycle_of
from services.evaluation.cycles.queries.context import policy as policy_of
from services.evaluation.lookups.commands import LOOKUPS
from services.evaluation.lookups.rules import Record
from services.evaluation.results.commands import receipt
from services.evaluation.results.queries import results

router = web.router(tags=["results"])


class ResultResponse(FromRow):
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
    competences: list[CompetenceGap] | None
    """Of the technical competences that the post asks for; null where it asks for none."""
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


class ExplainedCompetence(CompetenceGap):
    """A technical competence of the post, with a sentence in both languages."""

    sentence: Words


class ExplanationResponse(BaseModel):
    """Why this result: every step as data, and as a sentence in both languages."""

    result_id: UUID
    version: int
    policy_version: int
    """Of the policy that the cycle froze."""
    strengths: list[Words]
    areas: list[Words]
    """Where to improve."""
    competences: list[ExplainedCompetence]
    """What the post asks for, what was assessed, and what is missing; it counts in no score by itself."""
    trace: list[dict[str, Any]]
    sentences: tuple[Sentence, ...]


class AcknowledgementRequest(BaseModel):
    """Receipt is not agreement; the note is the servant's own."""

    note: str | None = Field(default=None, max_length=4000)


@router.get(
    "/results",
    summary="Every version that the reader may see",
    **permits(
        Relation.ANYONE,
        note="one's own, of those one leads, those one signed; all for office and auditor",
        assisted=True,
    ),
)
async def list_results(
    session: Session,
    paging: Paging,
    cycle_id: Annotated[UUID | None, Query()] = None,
    servant_id: Annotated[UUID | None, Query()] = None,
) -> Page[ResultResponse]:
    found = await results.page(session, cycle_id=cycle_id, servant_id=servant_id, window=paging)
    people = [one.servant_id for one in found.items]
    narrowed = servant_id is not None
    await LOOKUPS.note_list(
        session, Record.RESULT, people, all_for=results.ALL_FOR, cycle_id=cycle_id, narrowed=narrowed
    )
    return page_of(found, ResultResponse.model_validate)


@router.get(
    "/results/{result_id}",
    summary="One version of a result",
    **permits(Relation.SELF, Relation.RATER, Relation.AUTHORITY, Relation.OFFICE, Relation.AUDITOR, assisted=True),
)
async def read_result(result_id: UUID, session: Session) -> ResultResponse:
    found = await results.one(session, result_id)
    await LOOKUPS.note(session, Record.RESULT, [found.servant_id])
    return ResultResponse.model_validate(found)


@router.get(
    "/results/{result_id}/explanation",
    summary="Why this result: the trace and its sentences",
    **permits(Relation.SELF, Relation.RATER, Relation.AUTHORITY, Relation.OFFICE, Relation.AUDITOR, assisted=True),
)
async def read_explanation(result_id: UUID, session: Session) -> ExplanationResponse:
    found = await results.one(session, result_id)
    await LOOKUPS.note(session, Record.EXPLANATION, [found.servant_id])
    cycle = await cycle_of(session, found.cycle_id)
    appraisal = await appraisals.one(session, found.appraisal_id)
    names = Names(policy_of(cycle), _statements(appraisal.plan or []))
    steps = [Step.model_validate(step) for step in found.trace]
    return ExplanationResponse(
        result_id=found.id,
        version=found.version,
        policy_version=cycle.policy_version,
        strengths=[names(code) for code in found.strengths],
        areas=[names(code) for code in found.areas],
        competences=[_explained(CompetenceGap.model_validate(one)) for one in found.competences or []],
        trace=found.trace,
        sentences=explain(steps, names),
    )


def _explained(one: CompetenceGap) -> ExplainedCompetence:
    return ExplainedCompetence(**one.model_dump(), sentence=said(one))


def _statements(plan: list[dict[str, Any]]) -> Mapping[str, str]:
    return {str(one["id"]): str(one["statement"]) for one in plan}


@router.post(
    "/results/{result_id}/acknowledgement",
    summary="Acknowledge receipt (the servant); it is not agreement",
    **permits(Relation.SELF, note="receipt, not agreement", assisted=True),
)
async def acknowledge(result_id: UUID, session: Session, body: AcknowledgementRequest | None = None) -> ResultResponse:
    note = None if body is None else body.note
    return ResultResponse.model_validate(await receipt.acknowledge(session, result_id, note=note))
