"""Routes of revisions: an assessor revises after a question, and what was revised is read with both versions."""

from datetime import datetime
from uuid import UUID

from contracts.base import Rating, Relation
from kit import web
from kit.access import permits
from kit.paging import Page, Paging, page_of
from kit.responses import FromRow
from kit.web import Session
from services.evaluation.assessments.api.assessments import AssessmentRequest, AssessmentResponse
from services.evaluation.assessments.commands import revision
from services.evaluation.assessments.rules.form import Form
from services.evaluation.fields import Text
from services.evaluation.findings.queries import findings, revisions
from services.evaluation.findings.queries.revisions import Revised
from services.evaluation.lookups.commands import LOOKUPS
from services.evaluation.lookups.rules import Record

router = web.router(tags=["moderation"])


class RevisionRequest(AssessmentRequest):
    """The superior's new assessment, complete, and why."""

    reason: Text


class GivenVersion(FromRow):
    """An assessment as it stood in one version."""

    version: int
    scores: dict[str, str]
    reasons: dict[str, str]
    result_rating: Rating | None
    behaviour_rating: Rating | None
    comment: str
    competences: dict[str, int] | None
    submitted_at: datetime


class RevisionResponse(FromRow):
    """One revision with both versions."""

    id: UUID
    appraisal_id: UUID
    servant_id: UUID
    assessor_id: UUID
    role: str
    reason: str
    revised_at: datetime
    before: GivenVersion
    after: GivenVersion


@router.post(
    "/appraisals/{appraisal_id}/revision",
    summary="Revise one's own assessment after a question (who assessed)",
    **permits(Relation.RATER, note="who assessed, after a question"),
)
async def revise(appraisal_id: UUID, body: RevisionRequest, session: Session) -> AssessmentResponse:
    form = Form.model_validate(body.model_dump(exclude={"reason"}))
    return AssessmentResponse.model_validate(await revision.revise(session, appraisal_id, form, reason=body.reason))


@router.get(
    "/moderations/{moderation_id}/revisions",
    summary="What was revised after the question of a finding, each with the version before and after",
    **permits(Relation.RATER, Relation.DEBTOR, Relation.OFFICE, note="whom the finding concerns; who owes its closing"),
)
async def list_revisions(moderation_id: UUID, session: Session, paging: Paging) -> Page[RevisionResponse]:
    await findings.one(session, moderation_id)
    found = await revisions.page(session, moderation_id, window=paging)
    await LOOKUPS.note(session, Record.APPRAISAL, [one.servant_id for one in found.items])
    return page_of(found, _response)


def _response(one: Revised) -> RevisionResponse:
    return RevisionResponse(
        id=one.before.id,
        appraisal_id=one.before.appraisal_id,
        servant_id=one.servant_id,
        assessor_id=one.before.assessor_id,
        role=one.before.role,
        reason=one.before.reason,
        revised_at=one.before.replaced_at,
        before=GivenVersion.model_validate(one.before),
        after=GivenVersion.model_validate(one.after),
    )
