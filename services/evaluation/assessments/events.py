"""Events of assessments: that one was submitted, and of anonymous assessors only that all have, never who or when."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import AssessorRole
from contracts.evaluation.assessments import AssessmentSubmitted
from contracts.policy import Policy
from kit.outbox import emit, keep_unnamed
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.assessments.models import Assessment


def submitted(session: AsyncSession, appraisal: Appraisal, policy: Policy, given: Assessment) -> None:
    """That an assessment came in.

    Of an anonymous assessor nothing is emitted now: the moment would tell who it was to whoever saw him or her at work.
    Whatever follows in this transaction does not name him or her either.
    """
    role = AssessorRole(given.role)
    if role in _anonymous(policy):
        keep_unnamed(session)
    else:
        event = _event(appraisal, role, given.assessor_id)
        emit(session, event.model_copy(update={"before_organisation": given.before_organisation}))


async def submitted_unnamed(session: AsyncSession, policy: Policy, appraisals: Sequence[Appraisal]) -> None:
    """That so many anonymous assessments came in: together, once the results are computed from them."""
    if not (roles := _anonymous(policy)):
        return
    counting = (
        select(col(Assessment.appraisal_id), col(Assessment.role), func.count().label("given"))
        .where(col(Assessment.appraisal_id).in_([one.id for one in appraisals]), col(Assessment.role).in_(roles))
        .group_by(col(Assessment.appraisal_id), col(Assessment.role))
    )
    known: dict[UUID, Appraisal] = {one.id: one for one in appraisals}
    for row in await session.execute(counting):
        for _ in range(row.given):
            emit(session, _event(known[row.appraisal_id], AssessorRole(row.role), None), unnamed=True)


def _anonymous(policy: Policy) -> frozenset[AssessorRole]:
    return frozenset(source.role for source in policy.sources if source.anonymous)


def _event(appraisal: Appraisal, role: AssessorRole, assessor_id: UUID | None) -> AssessmentSubmitted:
    return AssessmentSubmitted(
        tenant_id=appraisal.tenant_id,
        appraisal_id=appraisal.id,
        cycle_id=appraisal.cycle_id,
        servant_id=appraisal.servant_id,
        role=role,
        assessor_id=assessor_id,
    )
