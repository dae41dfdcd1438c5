"""How far a cycle has come: its open phase, what comes next and when, and what the office did to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase
from contracts.policy import Anchor
from directory import queries as directory
from kit.keyset import Found, Window, read
from services.evaluation.cycles.models import Cycle, CycleIntervention, CyclePhase
from services.evaluation.cycles.queries import context, cycles
from services.evaluation.cycles.rules.phases import Period, opens_at
from services.evaluation.cycles.rules.states import CycleState, CycleStatus


@dataclass(frozen=True, slots=True)
class Status:
    """One cycle as a person asks about it."""

    cycle: Cycle
    current: CyclePhase | None
    """Has begun and not ended."""
    done: tuple[str, ...]
    following: str | None
    """The phase that comes next, if one does."""
    opens_at: datetime | None
    """When that one opens; None where it follows the end of the phase before, whenever that is."""

    @property
    def state(self) -> CycleStatus:
        """The stored state, or that it is paused."""
        return CycleStatus.PAUSED if self.cycle.paused_at is not None else CycleStatus(self.cycle.state)


async def status(session: AsyncSession, cycle_id: UUID) -> Status:
    """How far it has come; raises NotFound."""
    cycle = await context.cycle(session, cycle_id)
    rows = await cycles.phases(session, cycle_id)
    current = next((row for row in rows if row.opened_at is not None and row.closed_at is None), None)
    ahead = [row for row in rows if row.opened_at is None] if cycle.state == CycleState.OPEN else []
    return Status(
        cycle=cycle,
        current=current if cycle.state == CycleState.OPEN else None,
        done=tuple(row.phase for row in rows if row.closed_at is not None),
        following=ahead[0].phase if ahead else None,
        opens_at=await _opens_at(session, cycle, rows, ahead[0]) if ahead else None,
    )


async def _opens_at(
    session: AsyncSession, cycle: Cycle, rows: Sequence[CyclePhase], following: CyclePhase
) -> datetime | None:
    """Known once the phase before has ended, or from the start where the policy names a date."""
    # The same rule that begins the phase (commands/phases.py), asked ahead of it.
    rule = next(rule for rule in context.policy(cycle).phases if rule.phase == Phase(following.phase))
    ended = next((row.closed_at for row in rows if row.ordinal == following.ordinal - 1), None)
    if rule.opens.anchor is Anchor.PREVIOUS_PHASE and ended is None:
        return None
    period = Period(cycle.period_start, cycle.period_end)
    return opens_at(rule, period, previous_ended=ended, calendar=await directory.calendar(session))


async def interventions(session: AsyncSession, cycle_id: UUID, *, window: Window) -> Found[CycleIntervention]:
    """What the office did to the cycle, in its order."""
    looking = select(CycleIntervention).where(col(CycleIntervention.cycle_id) == cycle_id)
    return await read(session, looking, col(CycleIntervention.id), window=window)
