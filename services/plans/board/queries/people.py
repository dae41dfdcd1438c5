"""Person by person: who has planned, confirmed, logged and reported, and who waits for whom; a page in a few statements."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from directory import queries as directory
from directory.models import Person
from kit.db import actor
from kit.errors import Forbidden
from kit.keyset import Found, Window, read
from obligations.rows import ObligationRow
from services.plans.board.queries.counts import led
from services.plans.confirmations.models import Confirmation
from services.plans.daily_log.rules import LOOKS_BACK
from services.plans.log_approvals import queries as log_approvals
from services.plans.plans.models import Plan
from services.plans.reports.models import Report
from services.plans.reviews.models import PlanReview


@dataclass(frozen=True, slots=True)
class Owed:
    """Something about a person that somebody still owes."""

    kind: str
    debtor_id: UUID
    debtor_name: str | None
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Logged:
    """The daily log of one person."""

    entries: int
    last_day: date
    last_entered_at: datetime
    lag_days: float
    """Mean number of days from the day of the work to the day of its entry."""
    late: int
    """Entries that needed a reason."""
    copied: int
    """Entries whose words the same person had written within the week before."""
    unapproved: int = 0
    """Entries that no approval covers, where the policy asks for one."""
    unapproved_since: date | None = None
    """The Monday of the oldest week with such entries."""


@dataclass(slots=True)
class Line:
    """One person on the board."""

    plan: Plan
    name: str | None
    answer: str | None = None
    """What was said last of the version that is set."""
    reports: dict[int, str] = field(default_factory=dict)
    waiting: list[Owed] = field(default_factory=list)
    log: Logged | None = None
    review: PlanReview | None = None
    """What the performance office found last, if the plan was in its sample and was read."""


_LOG = text(
    """
    select a.plan_id, count(*) as entries, max(a.day) as last_day, max(a.entered_at) as last_entered_at,
        cast(avg((a.entered_at at time zone :zone)::date - a.day) as float) as lag_days,
        count(a.late_reason) as late,
        count(*) filter (where exists (
            select 1 from plan_activities b where b.tenant_id = a.tenant_id and b.words = a.words
                and b.plan_id = a.plan_id and b.day >= a.day - cast(:back as integer) and b.day < a.day
        )) as copied
    from plan_activities a where a.tenant_id = :tenant and a.plan_id = any(:plans) group by a.plan_id
    """
)


async def people(session: AsyncSession, cycle_id: UUID, *, unit_id: UUID | None, window: Window) -> Found[Line]:
    """A page of those whom the actor leads, of all for the office; raises NotFound, Forbidden as the counts do."""
    await directory.known_cycle(session, cycle_id)
    looking = select(Plan).where(col(Plan.cycle_id) == cycle_id, led(session))
    if unit_id is not None:
        looking = looking.where(col(Plan.unit_id) == unit_id)
    found = await read(session, looking, col(Plan.id), window=window)
    if not found.items and not actor(session).has(Role.PERFORMANCE_OFFICE):
        await _require_leader(session, cycle_id)
    return Found(items=await _lines(session, found.items), next=found.next)


async def _require_leader(session: AsyncSession, cycle_id: UUID) -> None:
    anybody = select(col(Plan.id)).where(col(Plan.cycle_id) == cycle_id, led(session)).limit(1)
    if (await session.scalars(anybody)).first() is None:
        raise Forbidden("the board is for those who lead somebody in this cycle", "papan pantau hanya untuk atasan")


async def _lines(session: AsyncSession, plans: Sequence[Plan]) -> list[Line]:
    owed = await _owed(session, plans)
    debtors = {row.debtor_id for row in owed}
    names = await _names(session, {plan.servant_id for plan in plans} | debtors)
    lines = {plan.servant_id: Line(plan, names.get(plan.servant_id)) for plan in plans}
    for row in owed:
        if row.about_id is not None:
            line = lines[row.about_id]
            line.waiting.append(Owed(row.kind, row.debtor_id, names.get(row.debtor_id), row.due_at))
    by_plan = {plan.id: lines[plan.servant_id] for plan in plans}
    await _add_answers(session, by_plan)
    await _add_reports(session, by_plan)
    await _add_logs(session, by_plan)
    await _add_reviews(session, by_plan)
    return list(lines.values())


async def _owed(session: AsyncSession, plans: Sequence[Plan]) -> Sequence[ObligationRow]:
    """Around these plans, whoever owes it; nothing of what others owe in other services."""
    if not plans:
        return ()
    waiting = (
        select(ObligationRow)
        .where(
            col(ObligationRow.cycle_id) == plans[0].cycle_id,
            col(ObligationRow.state) == "OPEN",
            col(ObligationRow.about_id).in_([plan.servant_id for plan in plans]),
        )
        .order_by(col(ObligationRow.due_at), col(ObligationRow.id))
    )
    return (await session.scalars(waiting)).all()


async def _names(session: AsyncSession, ids: set[UUID]) -> dict[UUID, str]:
    named = select(col(Person.id), col(Person.name)).where(col(Person.id).in_(ids))
    return {row.id: row.name for row in (await session.execute(named)).all()}


async def _add_answers(session: AsyncSession, lines: dict[UUID, Line]) -> None:
    said = select(Confirmation).where(col(Confirmation.plan_id).in_(lines)).order_by(col(Confirmation.id))
    for one in (await session.scalars(said)).all():
        line = lines[one.plan_id]
        if one.plan_version == line.plan.plan_version:
            line.answer = one.answer


async def _add_reports(session: AsyncSession, lines: dict[UUID, Line]) -> None:
    theirs = select(col(Report.plan_id), col(Report.period), col(Report.state)).where(col(Report.plan_id).in_(lines))
    for plan_id, period, state in (await session.execute(theirs.order_by(col(Report.period)))).all():
        lines[plan_id].reports[period] = state


async def _add_reviews(session: AsyncSession, lines: dict[UUID, Line]) -> None:
    found = select(PlanReview).where(col(PlanReview.plan_id).in_(lines)).order_by(col(PlanReview.id))
    for one in (await session.scalars(found)).all():
        lines[one.plan_id].review = one


async def _add_logs(session: AsyncSession, lines: dict[UUID, Line]) -> None:
    asked: dict[str, Any] = {"tenant": actor(session).tenant_id, "plans": list(lines), "back": LOOKS_BACK.days}
    asked["zone"] = (await directory.calendar(session)).zone
    unapproved = await log_approvals.waiting(session, [line.plan for line in lines.values()])
    for row in (await session.execute(_LOG, asked)).mappings().all():
        entries, since = unapproved.get(row["plan_id"], (0, None))
        said = {name: value for name, value in row.items() if name != "plan_id"}
        lines[row["plan_id"]].log = Logged(**said, unapproved=entries, unapproved_since=since)
