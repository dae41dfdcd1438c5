"""The Temporal door: cycles, phases and ladders, each activity one transaction."""

from temporalio import activity

from contracts.activities import PhaseAsk, PhaseState, SweepAsk, Swept
from contracts.evaluation.activities import (
    CycleAsk,
    CycleScheduleAsk,
    CycleScheduleState,
    Enrolment,
    Evaluation,
    PhaseWindow,
    VisitAsk,
    VisitState,
)
from contracts.evaluation.obligations import OBLIGATIONS
from kit.db import Database
from obligations.sweep import sweep
from services.evaluation.appraisals.commands import completion
from services.evaluation.cycles.commands import enrolment, lifecycle, phases, schedule
from services.evaluation.cycles.commands import progress as waiting
from services.evaluation.lapses import LAPSES
from services.evaluation.lookups.commands import LOOKUPS
from services.evaluation.provinces import commands as provinces
from services.evaluation.results.commands import finality
from services.evaluation.visits.commands import dates


class EvaluationActivities(Evaluation):
    """The activities of the evaluation service on its database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @activity.defn(name="evaluation.open_phase")
    async def open_phase(self, ask: PhaseAsk) -> PhaseState:
        """Open the obligations of a phase, once."""
        async with self._database.transaction(ask.tenant_id) as session:
            return await phases.open_phase(session, ask.cycle_id, ask.phase)

    @activity.defn(name="evaluation.read_phase")
    async def read_phase(self, ask: PhaseAsk) -> PhaseState:
        """How much is still owed."""
        async with self._database.transaction(ask.tenant_id) as session:
            return await waiting.state(session, ask.cycle_id, ask.phase)

    @activity.defn(name="evaluation.close_phase")
    async def close_phase(self, ask: PhaseAsk) -> PhaseState:
        """Nothing of this service lapses with its phase: what is open keeps its ladder."""
        async with self._database.transaction(ask.tenant_id) as session:
            return await waiting.state(session, ask.cycle_id, ask.phase)

    @activity.defn(name="evaluation.sweep_obligations")
    async def sweep_obligations(self, ask: SweepAsk) -> Swept:
        """Move every ladder of one city whose next instant has come, compute what waited for colleagues, and finalise.

        What waits for anonymous colleagues is looked at once a day at least: the end of a day is no answer's moment.
        """
        handled, due = await sweep(self._database, OBLIGATIONS, LAPSES, tenant_id=ask.tenant_id)
        await completion.compute_together(self._database, ask.tenant_id)
        async with self._database.transaction(ask.tenant_id) as session:
            handled += await finality.finalise_due(session)
            await LOOKUPS.forget(session)
            wanted = (due, await finality.next_due(session), await completion.next_look(session))
        await provinces.tell(self._database, ask.tenant_id)
        next_at = min((instant for instant in wanted if instant is not None), default=None)
        wait = None if next_at is None else self._database.clock.seconds_until(next_at)
        return Swept(handled=handled, wait_seconds=wait)

    @activity.defn(name="evaluation.enrol_members")
    async def enrol_members(self, ask: CycleAsk) -> Enrolment:
        """Make one appraisal for each person whose unit the cycle covers; asked twice, enrols once."""
        async with self._database.transaction(ask.tenant_id) as session:
            enrolled = await enrolment.enrol_members(session, ask.cycle_id)
            return Enrolment(members=enrolled.members, phases=enrolled.phases)

    @activity.defn(name="evaluation.begin_phase")
    async def begin_phase(self, ask: PhaseAsk) -> PhaseWindow:
        """Open a phase if its time has come and freeze its due date; else say how long to wait."""
        async with self._database.transaction(ask.tenant_id) as session:
            window = await phases.begin_phase(session, ask.cycle_id, ask.phase)
        return self._on_the_wall(window)

    @activity.defn(name="evaluation.end_phase")
    async def end_phase(self, ask: PhaseAsk) -> PhaseState:
        """Record that a phase is over in all services."""
        async with self._database.transaction(ask.tenant_id) as session:
            return await phases.end_phase(session, ask.cycle_id, ask.phase, due_at=ask.due_at)

    @activity.defn(name="evaluation.close_cycle")
    async def close_cycle(self, ask: CycleAsk) -> PhaseState:
        """Close the cycle after its last phase, or say what keeps it from closing."""
        async with self._database.transaction(ask.tenant_id) as session:
            return await lifecycle.close_cycle(session, ask.cycle_id)

    @activity.defn(name="evaluation.lead_visit")
    async def lead_visit(self, ask: VisitAsk) -> VisitState:
        """Announce the date of a visit, or record that it was missed, if it is time; asked twice, does it once."""
        async with self._database.transaction(ask.tenant_id) as session:
            progress = await dates.advance(session, ask.visit_id)
        wait = None if progress.look_at is None else self._database.clock.seconds_until(progress.look_at)
        return VisitState(state=progress.state, wait_seconds=wait)

    @activity.defn(name="evaluation.open_due_cycles")
    async def open_due_cycles(self, ask: CycleScheduleAsk) -> CycleScheduleState:
        """Open every cycle of a scope whose preparation has come, once; say when the next one does."""
        async with self._database.transaction(ask.tenant_id) as session:
            following = await schedule.open_due(session, ask.scope)
        return CycleScheduleState(
            wait_seconds=None if following is None else self._database.clock.seconds_until(following)
        )

    def _on_the_wall(self, window: phases.Window) -> PhaseWindow:
        """Workflows count seconds; what has not opened is due no earlier than it opens."""
        until = self._database.clock.seconds_until
        opens_in = 0.0 if window.opens_at is None else until(window.opens_at)
        return PhaseWindow(
            opened=window.opened,
            opens_in=opens_in,
            due_in=opens_in if window.due_at is None else until(window.due_at),
            due_at=window.due_at,
            ends_early=window.ends_early,
            opens_at=window.opens_at,
            paused=window.paused,
            cancelled=window.cancelled,
            members=window.members,
        )


def build(database: Database) -> list[object]:
    """Every activity, bound to the database."""
    made = EvaluationActivities(database)
    return [
        made.open_phase,
        made.read_phase,
        made.close_phase,
        made.sweep_obligations,
        made.enrol_members,
        made.begin_phase,
        made.end_phase,
        made.close_cycle,
        made.open_due_cycles,
        made.lead_visit,
    ]
