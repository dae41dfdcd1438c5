"""Who takes part in a cycle: one appraisal for each person of the units that it covers."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Subquery, func, literal, or_, select
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase
from contracts.evaluation.cycles import Member, MembersEnrolled
from contracts.registry.personnel import COVERED
from directory import queries
from directory.models import Person, Unit
from kit.chunks import IN_ONE_EVENT, in_chunks
from kit.db import clock
from kit.errors import NotReady
from kit.outbox import emit
from obligations.legal_dates import local_date
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.appraisals.rules.states import AppraisalState
from services.evaluation.competences import commands as competences
from services.evaluation.cycles.models import Cycle, CyclePhase
from services.evaluation.cycles.queries import context
from services.evaluation.cycles.queries.cycles import count_members

_FLAGS = ("final_actuals", "innovation_recognised", "clarification_open", "objection_open", "objected")


class Enrolled(NamedTuple):
    """How many take part, and through which phases."""

    members: int
    phases: tuple[Phase, ...]


async def enrol_members(session: AsyncSession, cycle_id: UUID) -> Enrolled:
    """One appraisal for each active person of the units that the cycle covers; asked twice, enrols once."""
    cycle = await context.locked(session, cycle_id)
    if (members := await count_members(session, cycle_id)) == 0:
        members = await _enrol(session, cycle)
    looking = select(col(CyclePhase.phase)).where(col(CyclePhase.cycle_id) == cycle_id)
    phases = (await session.scalars(looking.order_by(col(CyclePhase.ordinal)))).all()
    return Enrolled(members, tuple(Phase(phase) for phase in phases))


async def _enrol(session: AsyncSession, cycle: Cycle) -> int:
    """A unit takes part whose policy is the cycle's and whose own period divides the cycle's length."""
    await people_have_arrived(session, cycle)
    await competences.freeze(session, cycle.tenant_id, cycle.id, await _first_day(session, cycle))
    return await take_in(session, cycle, covered(cycle))


async def _first_day(session: AsyncSession, cycle: Cycle) -> date:
    """What posts ask for when the cycle begins: on its first day, or on the day of the enrolment, if that is later."""
    calendar = await queries.calendar(session)
    return max(cycle.period_start, local_date(clock(session).now(), calendar))


async def take_in(session: AsyncSession, cycle: Cycle, covered: Subquery) -> int:
    """One appraisal for each of these people in one statement; who takes part already is passed over."""
    # Ids are made by the database (uuidv7): no row travels to this process before it is stored.
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
        .on_conflict_do_nothing()  # another worker enrolled them, or they joined late: the first appraisal stays
        .returning(*(col(getattr(Appraisal, name)) for name in ("id", *names[3:8])))
    )
    rows = (await session.execute(enrolling)).all()
    members = [Member(appraisal_id=row.id, **{name: getattr(row, name) for name in names[3:8]}) for row in rows]
    if members:
        await competences.ask(session, cycle.tenant_id, cycle.id)
    for some in in_chunks(members, IN_ONE_EVENT):
        emit(session, MembersEnrolled(tenant_id=cycle.tenant_id, cycle_id=cycle.id, members=tuple(some)))
    return len(members)


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
    # Asked once for the whole cycle and not for each unit: PostgreSQL evaluates an uncorrelated `exists` a single time.
    same = select(literal(1)).where(
        col(other.scope) == cycle.scope, col(other.period_months) == cycle.months, col(other.active)
    )
    return or_(col(Unit.period_months) == cycle.months, ~same.exists() & (cycle.months % col(Unit.period_months) == 0))


async def people_have_arrived(session: AsyncSession, cycle: Cycle) -> None:
    """The copy of people comes in batches; whoever is named as a rater must be there before relations are frozen."""
    # One statement counts both: who is expected, and whose rater the copy does not know yet.
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
