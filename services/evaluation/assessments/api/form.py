"""Route of the form that an assessor fills in, with what stands beside the numbers."""

from datetime import date
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from contracts.base import AssessorRole, OrgPerformance, Predicate, Rating, Relation
from contracts.policy import Criterion, Words
from contracts.policy.criteria import BeforeOrganisation
from directory.relations import require
from kit import web
from kit.access import permits
from kit.web import Session
from scoring.formula import assessed
from services.evaluation.appraisals.api import READ, TakenOverResult, taken_over
from services.evaluation.appraisals.commands import access
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.appraisals.queries import appraisals
from services.evaluation.assessments.api.boxes import ScoreBox, boxes_of
from services.evaluation.assessments.rules.form import codes, levels_from
from services.evaluation.assessments.rules.guidance import BEHAVIOUR, RESULTS
from services.evaluation.competences.queries import asked_of
from services.evaluation.competences.rules import Asked
from services.evaluation.cycles.queries import context
from services.evaluation.findings.rules.distribution import guide_of
from services.evaluation.lookups.commands import LOOKUPS
from services.evaluation.lookups.rules import Record
from services.evaluation.organisations.queries.achievements import comes_first, of_raters_unit
from services.evaluation.records.api import RecordsOfPeriod, records_of
from services.evaluation.visits.api.visits import NumberedFinding
from services.evaluation.visits.queries import reported
from services.evaluation.visits.rules.responses import Reply

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
    boxes: list[ScoreBox]
    plan: list[dict[str, Any]] | None
    taken_over: list[TakenOverResult] | None
    """What the leader took over, with a note; null for colleagues and the panel, as the plan is."""
    organisation: OrgPerformance | None
    """What the unit led by the rater has achieved; null while it is not set."""
    ideally_most: Predicate | None
    """The predicate that corresponds to it, and that ideally most people get: guidance, others are not excluded."""
    before_organisation: BeforeOrganisation | None
    """What becomes of an assessment that is given now, while that is not set; null where it is, and for all others."""
    records: RecordsOfPeriod | None
    """What was recorded of the person while the period ran; for whoever assesses as the superior alone."""
    visits: list[ReportedVisit] | None
    """What the independent panel saw in the unit; null for colleagues and the panel, as the plan is."""
    competences: list[Asked] = []
    """The technical competences of the post whose level this assessor gives, 1 to 5."""
    result_guidance: dict[Rating, Words] = RESULTS
    behaviour_guidance: dict[Rating, Words] = BEHAVIOUR


@router.get(
    "/appraisals/{appraisal_id}/form",
    summary="What an assessor of this appraisal fills in",
    **permits(
        *sorted(appraisals.READERS | appraisals.ASSESSORS),
        note="peers and panel without the plan; what was recorded of the person for who assesses as superior alone",
    ),
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
    role = _role(relations)
    asked = await asked_of(session, [found.id]) if levels_from(policy, role) else {}
    superior = await _assesses(session, found, relations)
    early = superior and await comes_first(session, found) is not None
    return AssessmentFormResponse(
        appraisal_id=found.id,
        servant_id=found.servant_id,
        is_head=found.is_head,
        role=role,
        competences=asked.get(found.id, []),
        codes=codes(policy),
        criteria=assessed(policy),
        boxes=boxes_of(policy),
        plan=_plan(found, relations),
        taken_over=await taken_over(session, found.id) if relations & appraisals.READERS else None,
        records=await records_of(session, found) if superior else None,
        before_organisation=policy.assessing.before_organisation if early else None,
        visits=await _visits(session, found) if relations & appraisals.READERS else None,
        organisation=organisation,
        ideally_most=None if guide is None else guide.largest,
    )


async def _assesses(session: Session, appraisal: Appraisal, relations: frozenset[Relation]) -> bool:
    """As the superior: the rater, whoever owes it now, or the office for a person whom nobody rates."""
    return access.may_rate(session, relations, appraisal, await access.offices_about(session, [appraisal]))


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
