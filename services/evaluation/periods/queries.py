"""The periodic evaluations of an appraisal, and when what is still owed of them is due."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.obligations import ObligationKind
from kit.keyset import Found, Window, read
from obligations.rows import IS_OPEN, ObligationRow
from services.evaluation.periods.models import PeriodicEvaluation


async def page(session: AsyncSession, appraisal_id: UUID, *, window: Window) -> Found[PeriodicEvaluation]:
    """Its periodic evaluations, in their order."""
    looking = select(PeriodicEvaluation).where(col(PeriodicEvaluation.appraisal_id) == appraisal_id)
    return await read(session, looking, col(PeriodicEvaluation.number), window=window)


async def limits(session: AsyncSession, periods: Sequence[PeriodicEvaluation]) -> dict[UUID, datetime]:
    """When what is still owed of these is due: the obligation moves with an extension, an outage, a successor."""
    due = (
        select(col(ObligationRow.subject_id), func.max(ObligationRow.due_at))
        .where(
            col(ObligationRow.kind) == ObligationKind.EVALUATE_PERIOD.value,
            col(ObligationRow.subject_id).in_([one.id for one in periods]),
            IS_OPEN,
        )
        .group_by(col(ObligationRow.subject_id))
    )
    return {row[0]: row[1] for row in await session.execute(due)}
