"""A cycle is opened with its frozen policy, and closed when everything in it is final."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.activities import PhaseState
from contracts.base import Phase, Role, new_id
from contracts.evaluation.cycles import CycleClosed
from contracts.policy import Policy
from directory import queries
from kit.access import require_role
from kit.db import actor, clock
from kit.errors import Invalid, NotFound, Refused
from kit.outbox import emit
from obligations import queries as obligations
from services.evaluation.cycles import events
from services.evaluation.cycles.commands import progress
from services.evaluation.cycles.commands.enrolment import people_have_arrived
from services.evaluation.cycles.commands.overlaps import Overlap, overlaps
from services.evaluation.cycles.models import Cycle, CyclePhase
from services.evaluation.cycles.queries import context
from services.evaluation.cycles.rules.schedule import YEAR, months_later
from services.evaluation.cycles.rules.states import CycleAct, CycleState, move
from services.evaluation.publication import commands as publication
from services.evaluation.results.commands import finality
from services.evaluation.reviews.commands import actions


async def open_cycle(
    session: AsyncSession,
    scope: str,
    *,
    period_start: date,
    months: int,
    name: str | None = None,
    overlapping: bool = False,
) -> Cycle:
    """Open a cycle with the newest policy of its scope, frozen; the same scope and period twice is the same cycle.

    Raises Refused where people would be appraised twice for the same days, unless ``overlapping`` says that it is meant.
    """
    require_role(session, Role.PERFORMANCE_OFFICE, what=("open a cycle", "membuka siklus"))
    tenant_id = actor(session).tenant_id
    require_period(tenant_id, scope, period_start, months)
    await queries.arrived_office(session)
    policy, calendar = await queries.policy(session, scope), await queries.calendar(session)
    period_end = months_later(period_start, months) - timedelta(days=1)
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
    # The unique key of scope, start and months decides who opens it: the loser of a race reads the winner's row.
    made = (await session.scalars(insert(Cycle).values(row).on_conflict_do_nothing().returning(Cycle))).first()
    if made is None:
        if (found := await same_cycle(session, scope, period_start, months)) is None:
            raise NotFound(f"no cycle of {scope} from {period_start}", f"tidak ada siklus {scope} sejak {period_start}")
        return found
    await people_have_arrived(session, made)
    if not overlapping and (twice := await overlaps(session, made)):
        raise _asks(twice)
    await _lay_out(session, made, policy)
    emit(session, events.opened(made, policy))
    await actions.remind(session, made)
    return made


def _asks(twice: Sequence[Overlap]) -> Refused:
    named = ", ".join(f"{one.people} in {one.name}" for one in twice)
    return Refused(
        f"people would be appraised twice for the same days: {named}; "
        "if that is meant, send overlapping: true, else cancel the other cycle first",
        f"pegawai akan dinilai dua kali untuk hari yang sama: {named}; "
        "bila memang dikehendaki kirim overlapping: true, bila tidak batalkan dahulu siklus lainnya",
        where="overlapping",
        cycles=[{"cycle_id": str(one.cycle_id), "name": one.name, "people": one.people} for one in twice],
    )


def require_period(tenant_id: str, scope: str, period_start: date, months: int) -> None:
    """Raises Invalid for a scope of another city, or a period that is none."""
    if not (scope == tenant_id or scope.startswith(f"{tenant_id}.")):
        raise Invalid(f"{scope} is no scope of {tenant_id}", f"{scope} bukan cakupan {tenant_id}", where="scope")
    if period_start.day != 1:
        raise Invalid("a period starts on the first of a month", "periode mulai tanggal 1", where="period_start")
    if not 1 <= months <= YEAR:
        raise Invalid("a period has 1 to 12 months", "periode terdiri dari 1 sampai 12 bulan", where="months")


async def same_cycle(session: AsyncSession, scope: str, period_start: date, months: int) -> Cycle | None:
    """The cycle of this scope and period, if it was ever opened."""
    looking = select(Cycle).where(
        col(Cycle.scope) == scope, col(Cycle.period_start) == period_start, col(Cycle.months) == months
    )
    return (await session.scalars(looking)).first()


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


async def close_cycle(session: AsyncSession, cycle_id: UUID) -> PhaseState:
    """Close the cycle when nothing is owed and every result is final; else say how much is left."""
    cycle = await context.locked(session, cycle_id)
    if cycle.state != CycleState.OPEN:
        return PhaseState(owed=0, cancelled=cycle.state == CycleState.CANCELLED)
    if cycle.paused_at is not None:
        return PhaseState(owed=0, goes_on=True)
    # What became due since the last sweep is final now, not only when the next sweep comes.
    await finality.finalise(session, await context.context_of(session, cycle_id))
    await session.flush()
    left = await obligations.count_open(session, cycle_id) + await progress.not_final(session, cycle_id)
    if left == 0:
        cycle.state, cycle.closed_at = move(cycle.state, CycleAct.CLOSE), clock(session).now()
        emit(session, CycleClosed(tenant_id=cycle.tenant_id, cycle_id=cycle.id))
        await publication.publish(session, cycle)
    return PhaseState(owed=left, in_cycle=left)
