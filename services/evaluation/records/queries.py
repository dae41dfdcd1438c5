"""What was recorded about a person in a cycle, for whoever assesses as the superior, the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from services.evaluation.periods.models import PeriodicEvaluation
from services.evaluation.records.models import LoggedWork, RecordedFeedback, RecordedInitiative, RecordedPlan

MOST = 50
"""Of each kind on the form; how many there are in all stands beside them."""
_LATEST = 10


@dataclass(frozen=True, slots=True)
class Log:
    """A daily log in numbers; lag is the time from a day to when it was first written down."""

    days: int
    entries: int
    minutes: int
    last_day: date
    mean_lag_days: float
    longest_lag_days: int
    latest: Sequence[LoggedWork]


@dataclass(frozen=True, slots=True)
class Records:
    """Everything of one appraisal."""

    plan: RecordedPlan | None
    feedback: Sequence[RecordedFeedback]
    feedback_total: int
    initiatives: Sequence[RecordedInitiative]
    initiatives_total: int
    log: Log | None
    periods: Sequence[PeriodicEvaluation]


async def of(session: AsyncSession, appraisal_id: UUID) -> Records:
    """What is known here; nothing that others wrote, but where it lies."""
    given = select(RecordedFeedback).where(col(RecordedFeedback.appraisal_id) == appraisal_id)
    begun = select(RecordedInitiative).where(col(RecordedInitiative.appraisal_id) == appraisal_id)
    periods = select(PeriodicEvaluation).where(
        col(PeriodicEvaluation.appraisal_id) == appraisal_id, col(PeriodicEvaluation.evaluated_at).is_not(None)
    )
    feedback = given.order_by(col(RecordedFeedback.given_at).desc(), col(RecordedFeedback.id).desc()).limit(MOST)
    initiatives = begun.order_by(col(RecordedInitiative.recorded_at).desc(), col(RecordedInitiative.id).desc())
    return Records(
        plan=(
            await session.scalars(select(RecordedPlan).where(col(RecordedPlan.appraisal_id) == appraisal_id))
        ).first(),
        feedback=(await session.scalars(feedback)).all(),
        feedback_total=await _count(session, given),
        initiatives=(await session.scalars(initiatives.limit(MOST))).all(),
        initiatives_total=await _count(session, begun),
        log=await _log(session, appraisal_id),
        periods=(await session.scalars(periods.order_by(col(PeriodicEvaluation.number)))).all(),
    )


async def _count(session: AsyncSession, listed: Any) -> int:
    counting = select(func.count()).select_from(listed.subquery())
    counted: int = (await session.execute(counting)).scalar_one()
    return counted


async def _log(session: AsyncSession, appraisal_id: UUID) -> Log | None:
    mine = col(LoggedWork.appraisal_id) == appraisal_id
    lag = func.greatest(col(LoggedWork.logged_on) - col(LoggedWork.day), 0)
    counting = select(
        func.count().label("days"),
        func.coalesce(func.sum(col(LoggedWork.entries)), 0).label("entries"),
        func.coalesce(func.sum(col(LoggedWork.minutes)), 0).label("minutes"),
        func.max(col(LoggedWork.day)).label("last_day"),
        func.round(func.avg(lag), 1).label("mean"),
        func.max(lag).label("longest"),
    ).where(mine)
    row = (await session.execute(counting)).one()
    if not row.days:
        return None
    latest = select(LoggedWork).where(mine).order_by(col(LoggedWork.day).desc()).limit(_LATEST)
    return Log(
        days=row.days,
        entries=row.entries,
        minutes=row.minutes,
        last_day=row.last_day,
        mean_lag_days=float(row.mean),
        longest_lag_days=row.longest,
        latest=(await session.scalars(latest)).all(),
    )
