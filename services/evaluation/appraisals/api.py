"""Routes of appraisals: the list, and one with the assessments that may be shown."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query
from pydantic import Field

from contracts.base import Rating, Relation, Role
from directory.relations import require
from kit import web
from kit.access import permits
from kit.paging import Page, Paging, page_of
from kit.responses import FromRow
from kit.web import Session
from services.evaluation.appraisals.queries import appraisals
from services.evaluation.appraisals.rules.states import RELEASED
from services.evaluation.assessments.queries import shown_of
from services.evaluation.cycles.queries import context
from services.evaluation.lookups.commands import LOOKUPS
from services.evaluation.lookups.rules import Record

router = web.router(tags=["appraisals"])


class AppraisalSummaryResponse(FromRow):
    """An appraisal in a list."""

    id: UUID
    cycle_id: UUID
    servant_id: UUID
    unit_id: UUID
    rater_id: UUID | None
    authority_id: UUID | None
    is_head: bool
    state: str


class TakenOverResult(FromRow):
    """A work result that the leader took over, with the note that counts in the evaluation (art. 20)."""

    id: UUID
    leader_id: UUID
    result: str
    note: str
    told_at: datetime


class AppraisalResponse(AppraisalSummaryResponse):
    """An appraisal as far as the reader may see it; what is not computed or not released is null."""

    final_actuals: bool
    innovation_recognised: bool
    clarification_open: bool
    objection_open: bool
    clarify_until: datetime | None = None
    result_rating: Rating | None = None
    behaviour_rating: Rating | None = None
    predicate: str | None = None
    local_score: Decimal | None = None
    local_band: str | None = None
    criteria: dict[str, str | None] | None = None
    strengths: list[str] | None = None
    areas: list[str] | None = None
    dropped: list[str] | None = None
    assessments: list[dict[str, Any]] = Field(default_factory=list)
    taken_over: list[TakenOverResult] = Field(default_factory=list)


READ = ("read an appraisal", "membaca penilaian")
_COMPUTED = (
    "clarify_until",
    "result_rating",
    "behaviour_rating",
    "predicate",
    "local_score",
    "local_band",
    "criteria",
    "strengths",
    "areas",
    "dropped",
)


@router.get(
    "/appraisals",
    summary="Appraisals that the reader may see",
    **permits(Relation.ANYONE, note="one's own, of those one leads or owes an assessment; all for the office"),
)
async def list_appraisals(
    session: Session,
    paging: Paging,
    cycle_id: Annotated[UUID | None, Query()] = None,
    servant_id: Annotated[UUID | None, Query()] = None,
    rater_id: Annotated[UUID | None, Query()] = None,
) -> Page[AppraisalSummaryResponse]:
    found = await appraisals.page(session, cycle_id=cycle_id, servant_id=servant_id, rater_id=rater_id, window=paging)
    people = [one.servant_id for one in found.items]
    office, narrowed = (Role.PERFORMANCE_OFFICE,), not (servant_id is None and rater_id is None)
    await LOOKUPS.note_list(session, Record.APPRAISAL, people, all_for=office, cycle_id=cycle_id, narrowed=narrowed)
    return page_of(found, AppraisalSummaryResponse.model_validate)


@router.get(
    "/appraisals/{appraisal_id}",
    summary="One appraisal with the assessments that may be shown",
    **permits(
        Relation.SELF,
        Relation.RATER,
        Relation.AUTHORITY,
        Relation.DEBTOR,
        Relation.OFFICE,
        note="assessments of anonymous colleagues as a mean, never below the minimum",
    ),
)
async def read_appraisal(appraisal_id: UUID, session: Session) -> AppraisalResponse:
    found = await appraisals.one(session, appraisal_id)
    relations = await appraisals.relations_of(session, found)
    require(relations, *sorted(appraisals.READERS), what=READ)
    if Relation.PEER not in relations:
        await LOOKUPS.note(session, Record.APPRAISAL, [found.servant_id])
    shown = AppraisalResponse.model_validate(found, from_attributes=True)
    shown = shown.model_copy(update={"taken_over": await taken_over(session, appraisal_id)})
    if found.state not in RELEASED and not relations & {Relation.OFFICE}:
        shown = shown.model_copy(update=dict.fromkeys(_COMPUTED))
        if not relations & {Relation.RATER, Relation.DEBTOR}:
            return shown
    policy = context.policy(await context.cycle(session, found.cycle_id))
    return shown.model_copy(update={"assessments": await shown_of(session, found, policy)})


async def taken_over(session: Session, appraisal_id: UUID) -> list[TakenOverResult]:
    """What the leader took over of this person's work results."""
    return [TakenOverResult.model_validate(one) for one in await appraisals.taken_over(session, appraisal_id)]
