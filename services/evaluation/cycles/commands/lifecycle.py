"""Opening and closing a cycle, and enrolling its members."""

from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Subquery, func, literal, or_, select
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.activities import PhaseState
from contracts.base import Phase, new_id
from contracts.evaluation.cycles import CycleClosed, CycleOpened, Member, MembersEnrolled
from contracts.policy import Policy
from contracts.registry.personnel import COVERED
from directory import queries
from directory.models import Person, Unit
from kit.chunks import IN_ONE_EVENT, in_chunks
from kit.db import actor, clock
from kit.errors import Invalid, NotReady, Refused
from kit.outbox import emit
from obligations import queries as obligations
from services.evaluation.appraisals.commands.access import require_office
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.appraisals.rules.states import AppraisalState
from services.evaluation.cycles.commands import progress
from services.evaluation.cycles.models import Cycle, CyclePhase
from services.evaluation.cycles.queries import context
from services.evaluation.cycles.rules.states import CycleAct, CycleState, move
from services.evaluation.results.commands import finality

_YEAR = 12


class Enrolled(NamedTuple):
    """How many take part, and through which phases."""

    members: int
    phases: tuple[Phase, ...]


async def open_cycle(
    session: AsyncSession, scope: str, *, period_start: date, months: int, name: str | None = None
) -> Cycle:
    """Open a cycle with the newest policy of its scope, frozen; the same scope and period twice is the same cycle."""
    require_office(session, ("open a cycle", "membuka siklus"))
    tenant_id = actor(session).tenant_id
    _check(tenant_id, scope, period_start, months)
    await queries.arrived_office(session)
    policy, calendar = await queries.policy(session, scope), await queries.calendar(session)
    period_end = _months_later(period_start, months) - timedelta(days=1)
    row = {
        "tenant_id": tenant_id,
        "id": new_id(),
        "scope": scope,
        "name": name or f"{policy.name} {period_start:%m/%Y}-{period_end:%m/%Y}",
        "period_start": period_start,
        "period_end": period_end,
        "months": months,
        "policy": policy.model_dump(mode="json"),
        "policy_version": policy.version,
        "calendar_version": calendar.version,
        "state": CycleState.OPEN.value,
        "opened_at": clock(session).now(),
        "opened_by": actor(session).id,
    }
    made = (await session.scalars(insert(Cycle).values(row).on_conflict_do_nothing().returning(Cycle))).first()
    if made is None:
        return await _same(session, scope, period_start, months)
    await _people_have_arrived(session, made)
    await _lay_out(session, made, policy)
    emit(session, _opened(made, policy))
    return made


def _check(tenant_id: str, scope: str, period_start: date, months: int) -> None:
    if not (scope == tenant_id or scope.startswith(f"{tenant_id}.")):
        raise Invalid(f"{scope} is no scope of {tenant_id}", f"{scope} bukan cakupan {tenant_id}", where="scope")
    if period_start.day != 1:
        raise Invalid("a period starts on the first of a month", "periode mulai tanggal 1", where="period_start")
    if not 1 <= months <= _YEAR:
        raise Invalid("a period has 1 to 12 months", "periode terdiri dari 1 sampai 12 bulan", where="months")


def _months_later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, _YEAR)
    return date(day.year + years, month + 1, 1)


async def _same(session: AsyncSession, scope: str, period_start: date, months: int) -> Cycle:
    looking = select(Cycle).where(
        col(Cycle.scope) == scope, col(Cycle.period_start) == period_start, col(Cycle.months) == months
    )
    return (await session.scalars(looking)).one()


async def _lay_out(session: AsyncSession, made: Cycle, policy: Policy) -> None:
    """One row a phase, in the policy's order; the review of the system only where the policy has it."""
    phases = [rule.phase for rule in policy.phases]
    if not policy.features.system_review:
        phases = [phase for phase in phases if phase is not Phase.SYSTEM_REVIEW]
    if not phases:
        raise Refused("the policy names no phase", "kebijakan tidak memuat tahap")
    rows = [
        {"tenant_id": made.tenant_id, "cycle_id": made.id, "phase": phase.value, "ordinal": ordinal}
        for ordinal, phase in enumerate(phases)
    ]
    await session.execute(insert(CyclePhase).values(rows))


def _opened(made: Cycle, policy: Policy) -> CycleOpened:
    return CycleOpened(
        tenant_id=made.tenant_id,
        cycle_id=made.id,
        scope=made.scope,
        name=made.name,
        period_start=made.period_start,
        period_end=made.period_end,
        months=made.months,
        policy=policy,
        calendar_version=made.calendar_version,
    )


async def enrol_members(session: AsyncSession, cycle_id: UUID) -> Enrolled:
    """One appraisal for each active person of the units that the cycle covers; asked twice, enrols once."""
    cycle = await context.locked(session, cycle_id)
    counting = select(func.count()).select_from(Appraisal).where(col(Appraisal.cycle_id) == cycle_id)
    if (members := (await session.execute(counting)).scalar_one()) == 0:
        members = await _enrol(session, cycle)
    looking = select(col(CyclePhase.phase)).where(col(CyclePhase.cycle_id) == cycle_id)
    phases = (await session.scalars(looking.order_by(col(CyclePhase.ordinal)))).all()
    return Enrolled(members, tuple(Phase(phase) for phase in phases))


async def _enrol(session: AsyncSession, cycle: Cycle) -> int:
    """A unit takes part whose policy is the cycle's and whose own period divides the cycle's length."""
    await _people_have_arrived(session, cycle)
    return await take_in(session, cycle, covered(cycle))


async def take_in(session: AsyncSession, cycle: Cycle, covered: Subquery) -> int:
    """One appraisal for each of these people in one statement; who takes part already is passed over."""
    source = select(
        literal(cycle.tenant_id),
        func.uuidv7(),
        literal(cycle.id, PG_UUID),
        *(covered.c[name] for name in ("servant_id", "unit_id", "rater_id", "authority_id", "is_head")),
        literal(AppraisalState.OPEN.value),
        *(literal(value=False) for _ in _FLAGS),
    )
    names = ["tenant_id", "id", "cycle_id", "servant_id", "unit_id", "rater_id", "authority_id", "is_head", "state"]
    enrolling = (
        insert(Appraisal)
        .from_select([*names, *_FLAGS], source)
        .on_conflict_do_nothing()
        .returning(*(col(getattr(Appraisal, name)) for name in ("id", *names[3:8])))
    )
    rows = (await session.execute(enrolling)).all()
    members = [Member(appraisal_id=row.id, **{name: getattr(row, name) for name in names[3:8]}) for row in rows]
    for some in in_chunks(members, IN_ONE_EVENT):
        emit(session, MembersEnrolled(tenant_id=cycle.tenant_id, cycle_id=cycle.id, members=tuple(some)))
    return len(members)


_FLAGS = ("final_actuals", "innovation_recognised", "clarification_open", "objection_open", "objected")


def covered(cycle: Cycle, *, only: ColumnElement[bool] | None = None) -> Subquery:
    """The people whose unit takes part: its own period is the cycle's, or, where no unit has that, divides it.

    An annual cycle beside half-year ones is so for the units that chose a year.
    """
    person = [col(Person.id).label("servant_id"), col(Person.unit_id), col(Person.rater_id), col(Person.authority_id)]
    looking = (
        select(*person, col(Person.is_head))
        .join(Unit, col(Unit.id) == col(Person.unit_id))
        .where(
            col(Unit.scope) == cycle.scope,
            _period_fits(cycle),
            col(Unit.active),
            col(Person.active),
            col(Person.status).in_([status.value for status in COVERED]),  # L II.C.8
        )
    )
    return (looking if only is None else looking.where(only)).subquery()


def _period_fits(cycle: Cycle) -> ColumnElement[bool]:
    other = aliased(Unit)
    same = select(literal(1)).where(
        col(other.scope) == cycle.scope, col(other.period_months) == cycle.months, col(other.active)
    )
    return or_(col(Unit.period_months) == cycle.months, ~same.exists() & (cycle.months % col(Unit.period_months) == 0))


async def _people_have_arrived(session: AsyncSession, cycle: Cycle) -> None:
    """The copy of people comes in batches; whoever is named as a rater must be there before relations are frozen."""
    expected, rater = covered(cycle), aliased(Person)
    counting = (
        select(func.count(), func.count(expected.c.rater_id) - func.count(col(rater.id)))
        .select_from(expected)
        .outerjoin(rater, col(rater.id) == expected.c.rater_id)
    )
    people, missing = (await session.execute(counting)).one()
    if people == 0:
        raise NotReady(
            f"no unit of {cycle.scope} with people in it has a period that divides {cycle.months} months",
            f"belum ada unit {cycle.scope} yang periodenya membagi {cycle.months} bulan",
        )
    if missing:
        raise NotReady(f"the raters of {missing} people have not arrived yet", f"{missing} penilai belum diterima")


async def close_cycle(session: AsyncSession, cycle_id: UUID) -> PhaseState:
    """Close the cycle when nothing is owed and every result is final; else say how much is left."""
    cycle = await context.locked(session, cycle_id)
    if cycle.state != CycleState.OPEN:
        return PhaseState(owed=0, cancelled=cycle.state == CycleState.CANCELLED)
    if cycle.paused_at is not None:
        return PhaseState(owed=0, goes_on=True)
    await finality.finalise(session, await context.context_of(session, cycle_id))
    await session.flush()
    left = await obligations.count_open(session, cycle_id) + await progress.not_final(session, cycle_id)
    if left == 0:
        cycle.state, cycle.closed_at = move(cycle.state, CycleAct.CLOSE), clock(session).now()
        emit(session, CycleClosed(tenant_id=cycle.tenant_id, cycle_id=cycle.id))
    return PhaseState(owed=left, in_cycle=left)
