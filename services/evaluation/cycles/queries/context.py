"""A cycle as a command needs it: row, frozen policy, the city's calendar and its performance office."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase
from contracts.calendar import DayKind, LegalCalendar
from contracts.policy import Policy
from directory import queries
from kit.db import clock
from kit.errors import NotFound
from obligations.legal_dates import due_after
from services.evaluation.cycles.models import Cycle, CyclePhase
from services.evaluation.cycles.rules.states import CycleAct, CycleState, move


@dataclass(frozen=True, slots=True)
class CycleContext:
    """One cycle with all that its obligations and limits depend on."""

    cycle: Cycle
    policy: Policy
    calendar: LegalCalendar
    office_id: UUID
    now: datetime

    @property
    def tenant_id(self) -> str:
        return self.cycle.tenant_id

    def working_days(self, days: int, calendar: LegalCalendar) -> datetime:
        """The end of the day so many working days from now, on the week of whom the limit is for."""
        return due_after(self.now, days, DayKind.WORKING, calendar)


_FROZEN: dict[tuple[str, UUID], Policy] = {}
"""Policies by city and cycle: a city opens a few cycles a year, so this never grows large."""


def policy(row: Cycle) -> Policy:
    """The policy that the cycle froze; parsed once a process, because it never changes."""
    key = row.tenant_id, row.id
    if (known := _FROZEN.get(key)) is None:
        known = _FROZEN[key] = Policy.model_validate(row.policy)
    return known


_CYCLE = select(Cycle).where(col(Cycle.id) == bindparam("id"))
# `for share`: many commands read it at the same time, and only the transaction that opens the phase's obligations,
# which updates the row, has to wait for them or they for it.
_OBLIGATIONS_OPENED = (
    select(col(CyclePhase.duties_opened_at))
    .where(col(CyclePhase.cycle_id) == bindparam("cycle_id"), col(CyclePhase.phase) == bindparam("phase"))
    .with_for_update(read=True)
)


async def cycle(session: AsyncSession, cycle_id: UUID) -> Cycle:
    """The cycle; raises NotFound."""
    found = (await session.scalars(_CYCLE, {"id": cycle_id})).first()
    if found is None:
        raise NotFound(f"no cycle {cycle_id} in this city", f"siklus {cycle_id} tidak ada di kota ini")
    return found


async def locked(session: AsyncSession, cycle_id: UUID) -> Cycle:
    """The cycle, locked for this transaction; raises NotFound."""
    # `for no key update`: appraisals and phases that refer to the cycle are written meanwhile.
    locking = select(Cycle).where(col(Cycle.id) == cycle_id).with_for_update(key_share=True)
    found = (await session.scalars(locking.execution_options(populate_existing=True))).first()
    return found or await cycle(session, cycle_id)


@dataclass(frozen=True, slots=True)
class Interruption:
    """What keeps a cycle from going on."""

    paused: bool
    cancelled: bool


async def interruption(session: AsyncSession, cycle_id: UUID) -> Interruption:
    """Whether the cycle is paused or cancelled; it is neither paused nor resumed before this transaction ends."""
    # `for share` as well: an intervention takes `for no key update`, so neither overtakes the other.
    looking = select(col(Cycle.state), col(Cycle.paused_at)).where(col(Cycle.id) == cycle_id)
    found = (await session.execute(looking.with_for_update(read=True))).first()
    if found is None:
        raise NotFound(f"no cycle {cycle_id} in this city", f"siklus {cycle_id} tidak ada di kota ini")
    return Interruption(paused=found.paused_at is not None, cancelled=found.state == CycleState.CANCELLED)


async def context_of(session: AsyncSession, cycle_id: UUID) -> CycleContext:
    """The cycle with its frozen policy; raises NotFound, or NotReady while the office has not arrived."""
    found = await cycle(session, cycle_id)
    return CycleContext(
        cycle=found,
        policy=policy(found),
        calendar=await queries.calendar(session),
        office_id=await queries.arrived_office(session),
        now=clock(session).now(),
    )


async def open_context(session: AsyncSession, cycle_id: UUID) -> CycleContext:
    """As :func:`context_of`; raises Refused if the cycle is closed or cancelled."""
    context = await context_of(session, cycle_id)
    move(context.cycle.state, CycleAct.WORK)
    return context


async def phase_row(session: AsyncSession, cycle_id: UUID, phase: Phase, *, lock: bool = False) -> CyclePhase:
    """One phase of a cycle; raises NotFound where the policy has no such phase."""
    looking = select(CyclePhase).where(col(CyclePhase.cycle_id) == cycle_id, col(CyclePhase.phase) == phase.value)
    if lock:
        looking = looking.with_for_update(key_share=True).execution_options(populate_existing=True)
    found = (await session.scalars(looking)).first()
    if found is None:
        raise NotFound(f"the cycle has no phase {phase}", f"siklus tidak memiliki tahap {phase}")
    return found


async def obligations_are_open(session: AsyncSession, cycle_id: UUID, phase: Phase) -> bool:
    """Whether this service has opened its own obligations of the phase.

    The answer holds until the transaction ends: who opens the obligations meanwhile waits, and then sees what was written.
    """
    asked = {"cycle_id": cycle_id, "phase": phase.value}
    return (await session.scalars(_OBLIGATIONS_OPENED, asked)).first() is not None
