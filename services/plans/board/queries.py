"""How far the plans and reports of a cycle are, for those who lead somebody in it."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from directory.queries import known_cycle
from kit.actor import Actor
from kit.db import actor
from kit.errors import Forbidden
from services.plans.plans.models import Plan
from services.plans.reports.models import Report


@dataclass(frozen=True, slots=True)
class Board:
    """Counts over the people whom the actor leads; over everybody for the office and the city's leadership."""

    people: int
    states: dict[str, int]
    late: int
    by_superior: int
    reports: dict[int, dict[str, int]]
    """By period, how many reports are in each state."""


async def board(session: AsyncSession, cycle_id: UUID) -> Board:
    """The board of a cycle; raises NotFound if the city has none such, Forbidden for who leads nobody in it."""
    await known_cycle(session, cycle_id)
    those = (col(Plan.cycle_id) == cycle_id) & _led(session)
    # One pass over the plans for four numbers.
    counting = (
        select(
            col(Plan.state),
            func.count(),
            func.count().filter(col(Plan.late)),
            func.count().filter(col(Plan.by_superior)),
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
        reports=await _reports(session, those),
    )


def _led(session: AsyncSession) -> ColumnElement[bool]:
    acting = actor(session)
    if _sees_all(acting):
        return col(Plan.id).is_not(None)
    return (col(Plan.rater_id) == acting.id) | (col(Plan.authority_id) == acting.id)


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
