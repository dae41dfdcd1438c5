"""Events of assessments: that one was submitted, without the name of an anonymous assessor."""

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import AssessorRole
from contracts.evaluation.assessments import AssessmentSubmitted
from contracts.policy import Policy
from kit.outbox import emit, keep_unnamed
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.assessments.models import Assessment


def submitted(session: AsyncSession, appraisal: Appraisal, policy: Policy, given: Assessment) -> None:
    """That an assessment came in; the name of an anonymous assessor stays in its row, whatever follows from it."""
    role = AssessorRole(given.role)
    source = policy.source(role)
    anonymous = source is not None and source.anonymous
    if anonymous:
        keep_unnamed(session)
    event = AssessmentSubmitted(
        tenant_id=appraisal.tenant_id,
        appraisal_id=appraisal.id,
        cycle_id=appraisal.cycle_id,
        servant_id=appraisal.servant_id,
        role=role,
        assessor_id=None if anonymous else given.assessor_id,
    )
    emit(session, event)
