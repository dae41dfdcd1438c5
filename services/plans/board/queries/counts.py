"""How far the plans and reports of a cycle are, for those who lead somebody in it."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, func, literal, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from contracts.plans.reviews import ReviewFinding
from directory import queries as directory
from directory.queries import known_cycle
from kit.actor import Actor
from kit.db import actor, clock
from kit.errors import Forbidden
from obligations.legal_dates import local_date
from services.plans.cycles.rules import limit_by_law
from services.plans.plans.models import Plan
from services.plans.reports.models import Report
from services.plans.reviews.models import PlanLot, PlanReview


@dataclass(frozen=True, slots=True)
class Reviews:
    """What came of the samples of plans, by the last finding of each."""

    drawn: int
    unread: int
    in_order: int
    to_mend: int
    mended: int
    """To be mended, and another version was set since."""


@dataclass(frozen=True, slots=True)
class Board:
    """Counts over the people whom the actor leads; over everybody for the office and the city's leadership."""

    people: int
    states: dict[str, int]
    late: int
    late_by_law: int
    """Set after the limit of the law, or not set although it is over (clock 1)."""
    by_superior: int
    reports: dict[int, dict[str, int]]
    """By period, how many reports are in each state."""
    reviews: Reviews


async def board(session: AsyncSession, cycle_id: UUID) -> Board:
    """The board of a cycle; raises NotFound if the city has none such, Forbidden for who leads nobody in it."""
    await known_cycle(session, cycle_id)
    those = (col(Plan.cycle_id) == cycle_id) & _counted(session)
    cycle = await directory.cycle(session, cycle_id)
    today = local_date(clock(session).now(), await directory.calendar(session))
    over = today > limit_by_law(cycle.period_start)
    overdue = col(Plan.late_by_law) | ((col(Plan.plan_version) == 0) & literal(over) & col(Plan.ended_on).is_(None))
    # One pass over the plans for five numbers.
    counting = (
        select(
            col(Plan.state),
            func.count(),
            func.count().filter(col(Plan.late)),
            func.count().filter(col(Plan.by_superior)),
            func.count().filter(overdue),
        )
        .where(those)
        .group_by(col(Plan.state))
    )
    rows = (await session.execute(counting)).all()
    if not rows and not _sees_all(actor(session)):
        raise Forbidden("the board is for those who lead somebody in this cycle", "papan pantau hanya untuk atasan")
    return Board(
        people=sum(row[1] for row in rows),
        states={row[0]: row[1] for row in rows},
        late=sum(row[2] for row in rows),
        by_superior=sum(row[3] for row in rows),
        late_by_law=sum(row[4] for row in rows),
        reports=await _reports(session, those),
        reviews=await _reviews(session, those),
    )


def led(session: AsyncSession) -> ColumnElement[bool]:
    """The plans of those whom the actor leads; all for the office."""
    acting = actor(session)
    if acting.has(Role.PERFORMANCE_OFFICE):
        return col(Plan.id).is_not(None)
    return (col(Plan.rater_id) == acting.id) | (col(Plan.authority_id) == acting.id)


def _counted(session: AsyncSession) -> ColumnElement[bool]:
    """The city's leadership reads the counts of all, and names of those alone whom it leads."""
    return col(Plan.id).is_not(None) if _sees_all(actor(session)) else led(session)


def _sees_all(acting: Actor) -> bool:
    return acting.has(Role.PERFORMANCE_OFFICE) or acting.has(Role.CITY_LEADER)


async def _reports(session: AsyncSession, those: ColumnElement[bool]) -> dict[int, dict[str, int]]:
    counting = (
        select(col(Report.period), col(Report.state), func.count())
        .join(Plan, col(Plan.id) == col(Report.plan_id))
        .where(those)
        .group_by(col(Report.period), col(Report.state))
        .order_by(col(Report.period))
    )
    periods: dict[int, dict[str, int]] = {}
    for period, state, count in (await session.execute(counting)).all():
        periods.setdefault(period, {})[state] = count
    return periods


async def _reviews(session: AsyncSession, those: ColumnElement[bool]) -> Reviews:
    """Each plan once, however many samples it was drawn into; plans that were drawn are few."""
    drawn = select(col(PlanLot.plan_id)).where(col(PlanLot.drawn)).distinct().subquery()
    newest = (
        select(col(PlanReview.plan_id), col(PlanReview.finding), col(PlanReview.plan_version))
        .ext(distinct_on(col(PlanReview.plan_id)))
        .order_by(col(PlanReview.plan_id), col(PlanReview.id).desc())
        .subquery()
    )
    bad = newest.c.finding == ReviewFinding.TO_MEND.value
    counting = (
        select(
            func.count(),
            func.count().filter(newest.c.finding.is_(None)),
            func.count().filter(newest.c.finding == ReviewFinding.IN_ORDER.value),
            func.count().filter(bad & (col(Plan.plan_version) == newest.c.plan_version)),
            func.count().filter(bad & (col(Plan.plan_version) > newest.c.plan_version)),
        )
        .select_from(Plan)
        .join(drawn, drawn.c.plan_id == col(Plan.id))
        .outerjoin(newest, newest.c.plan_id == col(Plan.id))
        .where(those)
    )
    return Reviews(*(await session.execute(counting)).one())
