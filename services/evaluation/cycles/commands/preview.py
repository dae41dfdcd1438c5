"""Opening a cycle without opening it: who would be in, who is missing and why, and what would keep it from opening."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, literal, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role, Words, new_id
from contracts.policy import Policy
from contracts.registry.personnel import COVERED, GONE
from directory import queries
from directory.models import Person, Unit
from kit.access import require_role
from kit.db import actor, clock
from kit.keyset import Found, KeyColumn, Window, read_rows
from services.evaluation.cycles.commands.enrolment import covered
from services.evaluation.cycles.commands.lifecycle import require_period, same_cycle
from services.evaluation.cycles.commands.overlaps import Overlap, overlaps
from services.evaluation.cycles.models import Cycle
from services.evaluation.cycles.rules.preview import Missing, Remark, nobody_takes_part, raters_are_missing, twice
from services.evaluation.cycles.rules.schedule import months_later
from services.evaluation.cycles.rules.states import CycleState

_WHAT = ("preview a cycle", "meninjau siklus")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A cycle that is not there: its row is never stored."""

    cycle: Cycle
    policy: Policy


@dataclass(frozen=True, slots=True)
class Preview:
    """What opening it would do."""

    wanted: Wanted
    members: int
    remarks: dict[Remark, int]
    missing: dict[Missing, int]
    overlaps: Sequence[Overlap]
    obstacles: Sequence[Words]
    """Empty where it would open as it is asked for."""
    there: UUID | None
    """The same cycle, if it was opened already."""


class Previewed(NamedTuple):
    """One person of the scope."""

    servant_id: UUID
    name: str
    nip: str
    unit_id: UUID
    unit_name: str
    unit_scope: str
    period_months: int
    status: str
    rater_id: UUID | None
    rater_name: str | None
    missing: str | None
    remark: str | None


async def wanted(session: AsyncSession, scope: str, *, period_start: date, months: int) -> Wanted:
    """The cycle as it would be opened now, with the newest policy; raises Forbidden, Invalid and NotFound as opening does."""
    require_role(session, Role.PERFORMANCE_OFFICE, what=_WHAT)
    tenant_id = actor(session).tenant_id
    require_period(tenant_id, scope, period_start, months)
    policy, calendar = await queries.policy(session, scope), await queries.calendar(session)
    row = Cycle(
        tenant_id=tenant_id,
        id=new_id(),
        scope=scope,
        name=policy.name,
        period_start=period_start,
        period_end=months_later(period_start, months) - timedelta(days=1),
        months=months,
        policy=policy.model_dump(mode="json"),
        policy_version=policy.version,
        calendar_version=calendar.version,
        state=CycleState.OPEN.value,
        opened_at=clock(session).now(),
        opened_by=actor(session).id,
    )
    return Wanted(row, policy)


async def preview(session: AsyncSession, asked: Wanted) -> Preview:
    """In numbers, each counted by one statement."""
    rows = _people(asked.cycle).subquery()
    counting = select(rows.c.missing, rows.c.remark, func.count()).group_by(rows.c.missing, rows.c.remark)
    members, missing, remarks = 0, dict[Missing, int](), dict[Remark, int]()
    for reason, remark, people in (await session.execute(counting)).all():
        if reason is not None:
            missing[Missing(reason)] = missing.get(Missing(reason), 0) + people
            continue
        members += people
        if remark is not None:
            remarks[Remark(remark)] = people
    both = await overlaps(session, asked.cycle)
    there = await same_cycle(session, asked.cycle.scope, asked.cycle.period_start, asked.cycle.months)
    obstacles = [] if there else list(_obstacles(asked.cycle, members, remarks, both))
    return Preview(asked, members, remarks, missing, both, obstacles, there.id if there else None)


def _obstacles(cycle: Cycle, members: int, remarks: dict[Remark, int], both: Sequence[Overlap]) -> list[Words]:
    found = [] if members else [nobody_takes_part(cycle.scope, cycle.months)]
    if unknown := remarks.get(Remark.RATER_NOT_KNOWN):
        found.append(raters_are_missing(unknown))
    return found + [twice(one.people, one.name) for one in both]


async def people(
    session: AsyncSession, asked: Wanted, *, taking_part: bool | None, missing: Missing | None, window: Window
) -> Found[Previewed]:
    """A page of the people of the scope by name, of those who would be in or who would not."""
    rows = _people(asked.cycle).subquery()
    looking = select(*rows.c)
    if taking_part is not None:
        looking = looking.where(rows.c.missing.is_(None) if taking_part else rows.c.missing.is_not(None))
    if missing is not None:
        looking = looking.where(rows.c.missing == missing.value)
    found = await read_rows(session, looking, rows.c.name, rows.c.servant_id, window=window, counted=True)
    return Found([Previewed(*row) for row in found.items], found.next, found.total)


def _people(cycle: Cycle) -> Select[Any]:
    """Everybody of the scope and of the scopes within it: in is who the enrolment itself would take."""
    enrolled, rater = covered(cycle), aliased(Person)
    looking: Any = (
        select(
            col(Person.id).label("servant_id"),
            col(Person.name),
            col(Person.nip),
            col(Person.unit_id),
            col(Unit.name).label("unit_name"),
            col(Unit.scope).label("unit_scope"),
            col(Unit.period_months),
            col(Person.status),
            col(Person.rater_id),
            col(rater.name).label("rater_name"),
            _missing(cycle, enrolled).label("missing"),
            _remark(enrolled, col(rater.id)).label("remark"),
        )
        .join(Unit, col(Unit.id) == col(Person.unit_id))
        .outerjoin(rater, col(rater.id) == col(Person.rater_id))
        .outerjoin(enrolled, enrolled.c.servant_id == col(Person.id))
        .where(or_(col(Unit.scope) == cycle.scope, col(Unit.scope).startswith(f"{cycle.scope}.", autoescape=True)))
    )
    return cast("Select[Any]", looking)  # eleven columns and more are too many for the types of select


def _missing(cycle: Cycle, enrolled: Subquery) -> ColumnElement[str | None]:
    # The enrolment decides who is in; the order here is that in which one would ask for the reason.
    gone = or_(~col(Person.active), col(Person.status).in_([one.value for one in GONE]))
    return case(
        (enrolled.c.servant_id.is_not(None), None),
        (gone, literal(Missing.LEFT.value)),
        (col(Person.status).not_in([one.value for one in COVERED]), literal(Missing.NOT_COVERED.value)),
        (~col(Unit.active), literal(Missing.UNIT_CLOSED.value)),
        (col(Unit.scope) != cycle.scope, literal(Missing.OTHER_POLICY.value)),
        else_=literal(Missing.OTHER_PERIOD.value),
    )


def _remark(enrolled: Subquery, rater: KeyColumn) -> ColumnElement[str | None]:
    is_in = enrolled.c.servant_id.is_not(None)
    return case(
        (and_(is_in, col(Person.rater_id).is_(None)), literal(Remark.NOBODY_RATES.value)),
        (and_(is_in, rater.is_(None)), literal(Remark.RATER_NOT_KNOWN.value)),
        else_=None,
    )
