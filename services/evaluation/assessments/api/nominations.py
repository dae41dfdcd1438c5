"""Routes of the colleagues whom a person names to assess him or her, and of the rater's answer."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from directory.relations import Relation, require
from kit import web
from kit.access import permits
from kit.responses import FromRow
from kit.web import Session
from services.evaluation.appraisals.queries import appraisals
from services.evaluation.assessments import queries
from services.evaluation.assessments.commands import nominations
from services.evaluation.assessments.commands.nominations import Answer
from services.evaluation.assessments.rules.nomination import NomineeState, most, nominating
from services.evaluation.cycles.queries.context import context_of

router = web.router(tags=["appraisals"])
_READ = ("read who was named as a colleague", "membaca usulan rekan penilai")
Colleagues = Annotated[list[UUID], Field(max_length=100)]


class NamedColleague(FromRow):
    """A colleague who was named."""

    colleague_id: UUID
    state: NomineeState | None
    """What the rater answered; null for the servant, who does not learn whom the rater lets assess."""
    by_servant: bool


class NominationsResponse(BaseModel):
    """Who was named so far; who is asked in the end, and who answers, nobody reads."""

    appraisal_id: UUID
    most: int
    """So many may be named; the others are drawn."""
    until: datetime | None
    """Until when the servant names; null before the execution has begun. The rater answers until the evaluation opens."""
    colleagues: list[NamedColleague]


class NominationsRequest(BaseModel):
    """Colleagues who know the person's work; they take the place of those named before."""

    colleagues: Colleagues


class NominationsAnswerRequest(BaseModel):
    """Whom of those named the rater approves, and others in the place of the rest."""

    approved: Colleagues
    instead: Colleagues = []
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)] | None = None
    """Needed where somebody is not approved."""


@router.get(
    "/appraisals/{appraisal_id}/nominations",
    summary="Colleagues named to assess the person, as far as the reader may know",
    **permits(Relation.SELF, Relation.RATER, note="the servant reads whom he or she named, not the answer"),
)
async def read_nominations(appraisal_id: UUID, session: Session) -> NominationsResponse:
    found = await appraisals.one(session, appraisal_id)
    relations = await appraisals.relations_of(session, found)
    require(relations, Relation.SELF, Relation.RATER, what=_READ)
    context = await context_of(session, found.cycle_id)
    source = nominating(context.policy)
    named = [NamedColleague.model_validate(one) for one in await queries.nominees(session, found.id)]
    if Relation.RATER not in relations:
        named = [one.model_copy(update={"state": None}) for one in named if one.by_servant]
    until = await nominations.window(session, context, source)
    return NominationsResponse(appraisal_id=found.id, most=most(source), until=until, colleagues=named)


@router.put(
    "/appraisals/{appraisal_id}/nominations",
    summary="Name colleagues who assess me, where the policy lets people do so",
    **permits(Relation.SELF),
)
async def name_colleagues(appraisal_id: UUID, body: NominationsRequest, session: Session) -> NominationsResponse:
    await nominations.name(session, appraisal_id, body.colleagues)
    return await read_nominations(appraisal_id, session)


@router.put(
    "/appraisals/{appraisal_id}/nominations/answer",
    summary="Approve or replace the colleagues whom the servant named (rater)",
    **permits(Relation.RATER, note="until the evaluation opens"),
)
async def answer_nominations(
    appraisal_id: UUID, body: NominationsAnswerRequest, session: Session
) -> NominationsResponse:
    await nominations.answer(session, appraisal_id, Answer(body.approved, body.instead, body.reason))
    return await read_nominations(appraisal_id, session)
