"""What results are computed from, for many people at once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import any_, bindparam, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import OrgPerformance
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.assessments.models import Assessment
from services.evaluation.organisations.models import UnitPerformance

# One array parameter, not a list of a thousand: the statement stays the same text, and is planned and compiled once.
_ASSESSMENTS = (
    select(Assessment)
    .where(col(Assessment.appraisal_id) == any_(bindparam("ids", type_=ARRAY(PG_UUID))))
    .execution_options(populate_existing=True)
)


async def assessments(session: AsyncSession, appraisal_ids: Sequence[UUID]) -> Mapping[UUID, list[Assessment]]:
    """Every assessment of these appraisals, by appraisal; an appraisal without one has an empty list."""
    by_appraisal: dict[UUID, list[Assessment]] = defaultdict(list)
    for one in (await session.scalars(_ASSESSMENTS, {"ids": list(appraisal_ids)})).all():
        by_appraisal[one.appraisal_id].append(one)
    return by_appraisal


async def achievements(
    session: AsyncSession, cycle_id: UUID, appraisals: Sequence[Appraisal]
) -> dict[UUID, OrgPerformance]:
    """The achievement of the organisations whose heads are among these, by unit, as far as it is set."""
    units = {one.unit_id for one in appraisals if one.is_head}
    if not units:
        return {}
    looking = select(UnitPerformance).where(
        col(UnitPerformance.cycle_id) == cycle_id, col(UnitPerformance.unit_id).in_(units)
    )
    return {one.unit_id: OrgPerformance(one.performance) for one in (await session.scalars(looking)).all()}
