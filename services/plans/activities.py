"""The Temporal door: phases are opened, read and closed, and ladders moved, one transaction each."""

from collections.abc import Callable
from typing import Any

from temporalio import activity

from contracts.activities import PhaseAsk, PhaseState, SweepAsk, Swept
from contracts.plans.activities import Plans
from contracts.plans.obligations import OBLIGATIONS
from kit.db import Database
from obligations.queries import count_open
from obligations.sweep import sweep
from services.plans.cycles.commands.lapses import LAPSES
from services.plans.cycles.commands.opening import open_phase
from services.plans.log_reminders.commands import remind
from services.plans.lookups.commands import LOOKUPS


class PlanActivities(Plans):
    """The activities on this service's database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @activity.defn(name="plans.open_phase")
    async def open_phase(self, ask: PhaseAsk) -> PhaseState:
        """Open the obligations of a phase, once; raises a retryable error while the members have not arrived."""
        async with self._database.transaction(ask.tenant_id) as session:
            await open_phase(session, ask.cycle_id, ask.phase, members=ask.members)
        return await self._state(ask)

    @activity.defn(name="plans.read_phase")
    async def read_phase(self, ask: PhaseAsk) -> PhaseState:
        """How much is still owed."""
        return await self._state(ask)

    @activity.defn(name="plans.close_phase")
    async def close_phase(self, ask: PhaseAsk) -> PhaseState:
        """Nothing lapses with a phase: what is late keeps its ladder and may still be done."""
        return await self._state(ask)

    @activity.defn(name="plans.sweep_obligations")
    async def sweep_obligations(self, ask: SweepAsk) -> Swept:
        """Move every ladder of one city whose next instant has come, and remind of its daily logs; asked once a day at least."""
        handled, following = await sweep(self._database, OBLIGATIONS, LAPSES, tenant_id=ask.tenant_id)
        async with self._database.transaction(ask.tenant_id) as session:
            await LOOKUPS.forget(session)
            await remind(session)
        wait = None if following is None else self._database.clock.seconds_until(following)
        return Swept(handled=handled, wait_seconds=wait)

    async def _state(self, ask: PhaseAsk) -> PhaseState:
        async with self._database.transaction(ask.tenant_id) as session:
            return PhaseState(
                owed=await count_open(session, ask.cycle_id, ask.phase),
                in_cycle=await count_open(session, ask.cycle_id),
            )


def build(database: Database) -> list[Callable[..., Any]]:
    """Every activity, bound to the database."""
    made = PlanActivities(database)
    return [made.open_phase, made.read_phase, made.close_phase, made.sweep_obligations]
