"""Routes of assessments: the form that an assessor fills in, and giving an assessment."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import status
from pydantic import BaseModel, Field, StringConstraints

from contracts.base import AssessorRole, OrgPerformance, Predicate, Rating, Relation
from contracts.policy import Criterion, Words
from directory.relations import require
from kit import web
from kit.access import permits
from kit.responses import FromRow
from kit.web import Session
from scoring.formula import assessed
from services.evaluation.appraisals.api import READ, TakenOverResult, taken_over
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.appraisals.queries import appraisals
from services.evaluation.assessments.commands import assessments
from services.evaluation.assessments.rules.form import Form, codes
from services.evaluation.assessments.rules.guidance import BEHAVIOUR, RESULTS
from services.evaluation.cycles.queries import context
from services.evaluation.fields import Points
from services.evaluation.findings.rules.distribution import guide_of
from services.evaluation.lookups.commands import LOOKUPS
from services.evaluation.lookups.rules import Record
from services.evaluation.organisations.queries.achievements import of_raters_unit
from services.evaluation.visits.api.visits import NumberedFinding
from services.evaluation.visits.queries import reported
from services.evaluation.visits.rules.responses import Reply

_STAND_IN = "the person, where nobody rates him or her or the office took over"
router = web.router(tags=["appraisals"])


class ReportedVisit(BaseModel):
    """A visit to the person's unit in this cycle, with what was seen and answered."""

    visit_id: UUID
    link: str
    held_on: date | None
    findings: list[NumberedFinding]
    response: list[Reply] | None
    response_note: str | None


class AssessmentFormResponse(BaseModel):
    """What an assessor fills in."""

    appraisal_id: UUID
    servant_id: UUID
    is_head: bool
    role: str
    codes: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    plan: list[dict[str, Any]] | None
    taken_over: list[TakenOverResult] | None
    """What the leader took over, with a note; null for colleagues and the panel, as the plan is."""
    organisation: OrgPerformance | None
    """What the unit led by the rater has achieved; null while it is not set."""
    ideally_most: Predicate | None
    """The predicate that corresponds to it, and that ideally most people get: guidance, others are not excluded."""
    visits: list[ReportedVisit] | None
    """What the independent panel saw in the unit; null for colleagues and the panel, as the plan is."""
    result_guidance: dict[Rating, Words] = RESULTS
    behaviour_guidance: dict[Rating, Words] = BEHAVIOUR


class AssessmentRequest(BaseModel):
    """One assessor's numbers; the superior adds both ratings, with a reason for above and below."""

    scores: dict[str, Points] = Field(max_length=100)
    reasons: dict[str, Annotated[str, StringConstraints(max_length=4000)]] = Field(default_factory=dict, max_length=100)
    result_rating: Rating | None = None
    behaviour_rating: Rating | None = None
    comment: str = Field(default="", max_length=4000)

    @property
    def form(self) -> Form:
        """As the commands take it."""
        return Form.model_validate(self.model_dump(include=set(Form.model_fields)))


class AssessmentResponse(FromRow):
    """An assessment as it was taken."""

    id: UUID
    appraisal_id: UUID
    role: str
    submitted_at: datetime


@router.get(
    "/appraisals/{appraisal_id}/form",
    summary="What an assessor of this appraisal fills in",
    **permits(*sorted(appraisals.READERS | appraisals.ASSESSORS), note="peers and panel without the plan"),
)
async def read_form(appraisal_id: UUID, session: Session) -> AssessmentFormResponse:
    found = await appraisals.one(session, appraisal_id)
    relations = await appraisals.relations_of(session, found)
    require(relations, *sorted(appraisals.READERS | appraisals.ASSESSORS), what=READ)
    if Relation.PEER not in relations:  # nobody learns who is asked about whom, not by a look either
        await LOOKUPS.note(session, Record.FORM, [found.servant_id])
    policy = context.policy(await context.cycle(session, found.cycle_id))
    organisation = await of_raters_unit(session, found)
    guide = guide_of(policy.distribution, organisation)
    return AssessmentFormResponse(
        appraisal_id=found.id,
        servant_id=found.servant_id,
        is_head=found.is_head,
        role=_role(relations),
        codes=codes(policy),
        criteria=assessed(policy),
        plan=_plan(found, relations),
        taken_over=await taken_over(session, found.id) if relations & appraisals.READERS else None,
        visits=await _visits(session, found) if relations & appraisals.READERS else None,
        organisation=organisation,
        ideally_most=None if guide is None else guide.largest,
    )


async def _visits(session: Session, appraisal: Appraisal) -> list[ReportedVisit]:
    return [
        ReportedVisit(
            visit_id=one.id,
            link=f"/v1/visits/{one.id}",
            held_on=one.held_on,
            findings=[NumberedFinding.model_validate(finding) for finding in one.findings or []],
            response=None if one.response is None else [Reply.model_validate(reply) for reply in one.response],
            response_note=one.response_note,
        )
        for one in await reported(session, appraisal.cycle_id, appraisal.unit_id)
    ]


def _role(relations: frozenset[Relation]) -> AssessorRole:
    if Relation.PEER in relations:
        return AssessorRole.PEER
    return AssessorRole.PANEL if relations <= {Relation.PANEL} else AssessorRole.SUPERIOR


def _plan(appraisal: Appraisal, relations: frozenset[Relation]) -> list[dict[str, Any]] | None:
    """Colleagues and the panel score what they saw, not the plan."""
    return appraisal.plan if relations & appraisals.READERS else None


@router.post(
    "/appraisals/{appraisal_id}/assessments",
    status_code=status.HTTP_201_CREATED,
    summary="Assess: as rater (or who owes it), or as a nominated peer",
    **permits(
        Relation.RATER,
        Relation.DEBTOR,
        Relation.PEER,
        note="peers: the colleagues asked about this person",
        concerns=_STAND_IN,
    ),
)
@router.put(
    "/appraisals/{appraisal_id}/assessments",
    summary="The same; what was given before is replaced",
    **permits(Relation.RATER, Relation.DEBTOR, Relation.PEER, note="the same", concerns=_STAND_IN),
)
async def assess(appraisal_id: UUID, body: AssessmentRequest, session: Session) -> AssessmentResponse:
    return AssessmentResponse.model_validate(await assessments.assess(session, appraisal_id, body.form))
