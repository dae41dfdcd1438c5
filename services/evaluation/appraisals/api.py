"""Routes of appraisals: lists, one with its assessments, the form of an assessor, assessments, moderation."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, status
from pydantic import BaseModel, Field

from contracts.base import OrgPerformance, Predicate, Rating
from contracts.policy import Criterion, Words
from directory.relations import Relation, require
from kit.web import Session, router
from scoring.formula import assessed
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.appraisals.queries import appraisals
from services.evaluation.appraisals.rules.states import RELEASED
from services.evaluation.assessments.commands import assessments as assessing
from services.evaluation.assessments.rules.form import Form, codes
from services.evaluation.assessments.rules.guidance import BEHAVIOUR, RESULTS
from services.evaluation.cycles.api.cycles import Text
from services.evaluation.cycles.queries.context import cycle as cycle_of
from services.evaluation.cycles.queries.context import policy as policy_of
from services.evaluation.findings.commands import moderation
from services.evaluation.findings.rules.distribution import guide_of
from services.evaluation.shapes import DEFAULT_LIMIT, Answer, Cursor, Limit, Page, paged

routes = router(tags=["appraisals"])
Points = Annotated[Decimal, Field(ge=0, le=120, max_digits=7, decimal_places=4)]


class AppraisalLine(Answer):
    """An appraisal in a list."""

    id: UUID
    cycle_id: UUID
    servant_id: UUID
    unit_id: UUID
    rater_id: UUID | None
    authority_id: UUID | None
    is_head: bool
    state: str


class TakenOverLine(Answer):
    """A work result that the leader took over, with the note that counts in the evaluation (art. 20)."""

    id: UUID
    leader_id: UUID
    result: str
    note: str
    told_at: datetime


class AppraisalDetail(AppraisalLine):
    """An appraisal as far as the reader may see it; what is not settled or not released is null."""

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
    taken_over: list[TakenOverLine] = Field(default_factory=list)


class AssessmentForm(BaseModel):
    """What an assessor fills in."""

    appraisal_id: UUID
    servant_id: UUID
    is_head: bool
    role: str
    codes: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    plan: list[dict[str, Any]] | None
    taken_over: list[TakenOverLine] | None
    """What the leader took over, with a note; null for colleagues and the panel, as the plan is."""
    organisation: OrgPerformance | None
    """What the unit led by the rater has achieved; null while it is not set."""
    ideally_most: Predicate | None
    """The predicate that corresponds to it, and that ideally most people get: guidance, others are not excluded."""
    result_guidance: dict[Rating, Words] = RESULTS
    behaviour_guidance: dict[Rating, Words] = BEHAVIOUR


class NewAssessment(BaseModel):
    """One assessor's numbers; the superior adds both ratings, with a reason for above and below."""

    scores: dict[str, Points] = Field(max_length=100)
    reasons: dict[str, str] = Field(default_factory=dict, max_length=100)
    result_rating: Rating | None = None
    behaviour_rating: Rating | None = None
    comment: str = Field(default="", max_length=4000)


class Taken(Answer):
    """An assessment as it was taken."""

    id: UUID
    appraisal_id: UUID
    role: str
    submitted_at: datetime


class NewModeration(BaseModel):
    """Why the result may stand."""

    reason: Text


class ModerationLine(Answer):
    """A finding and what the office made of it."""

    appraisal_id: UUID
    finding: str
    reason: str | None
    decided_by: UUID | None
    decided_at: datetime | None


_READ = ("read an appraisal", "membaca penilaian")
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


@routes.get("/appraisals", summary="Appraisals that the reader may see")
async def list_appraisals(
    session: Session,
    cycle_id: Annotated[UUID | None, Query()] = None,
    servant_id: Annotated[UUID | None, Query()] = None,
    rater_id: Annotated[UUID | None, Query()] = None,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Page[AppraisalLine]:
    rows = await appraisals.page(
        session, cycle_id=cycle_id, servant_id=servant_id, rater_id=rater_id, after=cursor, limit=limit
    )
    return paged([AppraisalLine.model_validate(row) for row in rows], rows[-1].id if rows else None, limit)


@routes.get("/appraisals/{appraisal_id}", summary="One appraisal with the assessments that may be shown")
async def read_appraisal(appraisal_id: UUID, session: Session) -> AppraisalDetail:
    found = await appraisals.one(session, appraisal_id)
    standing = await appraisals.standing(session, found)
    require(standing, *sorted(appraisals.READERS), what=_READ)
    shown = AppraisalDetail.model_validate(found, from_attributes=True)
    shown = shown.model_copy(update={"taken_over": await _taken_over(session, found)})
    if found.state not in RELEASED and not standing & {Relation.OFFICE}:
        shown = shown.model_copy(update=dict.fromkeys(_COMPUTED))
        if not standing & {Relation.RATER, Relation.DEBTOR}:
            return shown
    policy = policy_of(await cycle_of(session, found.cycle_id))
    return shown.model_copy(update={"assessments": await appraisals.shown(session, found, policy)})


@routes.get("/appraisals/{appraisal_id}/form", summary="What an assessor of this appraisal fills in")
async def read_form(appraisal_id: UUID, session: Session) -> AssessmentForm:
    found = await appraisals.one(session, appraisal_id)
    standing = await appraisals.standing(session, found)
    require(standing, *sorted(appraisals.READERS | appraisals.ASSESSORS), what=_READ)
    policy = policy_of(await cycle_of(session, found.cycle_id))
    organisation = await appraisals.organisation(session, found)
    guide = guide_of(policy.distribution, organisation)
    return AssessmentForm(
        appraisal_id=found.id,
        servant_id=found.servant_id,
        is_head=found.is_head,
        role=_role(standing),
        codes=codes(policy),
        criteria=assessed(policy),
        plan=_plan(found, standing),
        taken_over=await _taken_over(session, found) if standing & appraisals.READERS else None,
        organisation=organisation,
        ideally_most=None if guide is None else guide.largest,
    )


async def _taken_over(session: Session, appraisal: Appraisal) -> list[TakenOverLine]:
    return [TakenOverLine.model_validate(one) for one in await appraisals.taken_over(session, appraisal.id)]


def _role(standing: frozenset[Relation]) -> str:
    if Relation.PEER in standing:
        return "PEER"
    return "PANEL" if standing <= {Relation.PANEL} else "SUPERIOR"


def _plan(appraisal: Appraisal, standing: frozenset[Relation]) -> list[dict[str, Any]] | None:
    """Colleagues and the panel score what they saw, not the plan."""
    return appraisal.plan if standing & appraisals.READERS else None


@routes.post(
    "/appraisals/{appraisal_id}/assessments",
    status_code=status.HTTP_201_CREATED,
    summary="Assess: as rater (or who holds the duty), or as a nominated peer",
)
@routes.put("/appraisals/{appraisal_id}/assessments", summary="The same; what was given before is replaced")
async def assess(appraisal_id: UUID, body: NewAssessment, session: Session) -> Taken:
    form = Form.model_validate(body.model_dump())
    return Taken.model_validate(await assessing.assess(session, appraisal_id, form))


@routes.post("/appraisals/{appraisal_id}/moderation", summary="Moderate a finding (performance office)")
async def moderate(appraisal_id: UUID, body: NewModeration, session: Session) -> ModerationLine:
    done = await moderation.moderate(session, appraisal_id, reason=body.reason)
    return ModerationLine.model_validate(done)
