"""Assessments that were revised after a question: each as it stood before, and as it stood after that revision."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Tuple, func, select, tuple_
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.keyset import Found, Window, read
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.assessments.models import Assessment, AssessmentVersion

Given = Assessment | AssessmentVersion
Place = tuple[UUID, UUID, str, int]
"""Appraisal, assessor, role and version."""


@dataclass(frozen=True, slots=True)
class Revised:
    """One revision: whose assessment, and both versions."""

    servant_id: UUID
    before: AssessmentVersion
    after: Given


async def counted(session: AsyncSession, moderation_ids: Collection[UUID]) -> Mapping[UUID, int]:
    """How many revisions followed from each; a finding without any is not in the answer."""
    finding = col(AssessmentVersion.moderation_id)
    looking = select(finding, func.count().label("revised")).where(finding.in_(moderation_ids)).group_by(finding)
    return {row.moderation_id: row.revised for row in await session.execute(looking)}


async def page(session: AsyncSession, moderation_id: UUID, *, window: Window) -> Found[Revised]:
    """Those that followed from one finding, the oldest first."""
    looking = select(AssessmentVersion).where(col(AssessmentVersion.moderation_id) == moderation_id)
    found = await read(session, looking, col(AssessmentVersion.id), window=window)
    after, servants = await _after(session, found.items), await _servants(session, found.items)
    revised = [Revised(servants[one.appraisal_id], one, after[_next(one)]) for one in found.items]
    return Found(revised, found.next)


def _next(one: AssessmentVersion) -> Place:
    return one.appraisal_id, one.assessor_id, one.role, one.version + 1


async def _after(session: AsyncSession, before: Sequence[AssessmentVersion]) -> Mapping[Place, Given]:
    """What took the place of each: a version that was replaced as well, or what stands now."""
    wanted = [_next(one) for one in before]
    kept = await session.scalars(select(AssessmentVersion).where(_place(AssessmentVersion).in_(wanted)))
    stands = await session.scalars(select(Assessment).where(_place(Assessment).in_(wanted)))
    every: list[Given] = [*kept, *stands]
    return {(one.appraisal_id, one.assessor_id, one.role, one.version): one for one in every}


def _place(model: type[Given]) -> Tuple:
    return tuple_(col(model.appraisal_id), col(model.assessor_id), col(model.role), col(model.version))


async def _servants(session: AsyncSession, before: Sequence[AssessmentVersion]) -> Mapping[UUID, UUID]:
    ids = {one.appraisal_id for one in before}
    looking = select(col(Appraisal.id), col(Appraisal.servant_id)).where(col(Appraisal.id).in_(ids))
    return {row.id: row.servant_id for row in await session.execute(looking)}
