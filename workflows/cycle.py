"""The workflow of one appraisal cycle: phase after phase, from preparation to the review of the system itself.

It holds no dates. Phases, their windows and what is owed lie in the services; the workflow asks, waits as long as the
answer says, and is woken early when a service has nothing more to wait for, or when the performance office steers it.
"""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from temporalio import workflow
from temporalio.common import SearchAttributeKey

with workflow.unsafe.imports_passed_through():
    from contracts.activities import PhaseAsk, PhaseState
    from contracts.base import Phase
    from contracts.evaluation.activities import QUEUE as EVALUATION
    from contracts.evaluation.activities import CycleAsk, Evaluation, PhaseWindow
    from contracts.workflows import CITY, PHASE, CycleStart, CycleStatus, EventSignal, PhaseClearedSignal
    from workflows import phase_calls
    from workflows.activity_calls import call
    from workflows.repeats import SeenEvents
    from workflows.waits import wait_until

LOOKS = 4
"""How often a workflow looks by itself during a phase or a wait, should a signal have been lost."""
SHORTEST_LOOK = timedelta(seconds=5)
LAST_LOOK = timedelta(hours=1)
"""Longest pause between two looks at what is late after the last phase; a cleared phase wakes the workflow earlier."""
PAUSED_LOOK = timedelta(days=1)
"""Between two looks at a paused cycle; its resumption wakes the workflow earlier."""
_REOPENED = (Phase.PLANNING, Phase.EXECUTION)
"""Phases whose obligations are opened for late joiners even when the phase is over; of others, the current one's."""
_PHASE = SearchAttributeKey.for_keyword(PHASE)

KEEPS_SIGNALS = "a signal that comes during a look is kept"
"""A patch: what evaluation or a service emits while the workflow asks another one is looked at, not forgotten."""


@workflow.defn(name="cycle")
class CycleWorkflow:
    """Leads one cycle."""

    @workflow.init
    def __init__(self, start: CycleStart) -> None:
        self._start = start
        self._done = list(start.done)
        self._phases: tuple[Phase, ...] = ()
        self._phase: Phase | None = None
        self._window: PhaseWindow | None = None
        self._members = 0
        self._owed = 0
        self._owed_by: dict[str, int] = {}
        self._cancelled = False
        self._seen = SeenEvents(start.seen)
        self._woken = False

    @workflow.run
    async def run(self, start: CycleStart) -> CycleStatus:
        """Enrol the members, go through the phases, close; a cancelled cycle ends at once."""
        ask = CycleAsk(tenant_id=start.tenant_id, cycle_id=start.cycle_id)
        enrolment = await call(Evaluation.enrol_members, ask, queue=EVALUATION)
        self._members, self._phases = enrolment.members, enrolment.phases
        for phase in enrolment.phases:
            if phase in self._done:
                continue
            await self._lead(phase)
            if self._cancelled:
                return self.status()
            self._done.append(phase)
            # Only between phases: then the list of those that are over is all that the next run must know.
            if workflow.info().is_continue_as_new_suggested():
                await workflow.wait_condition(workflow.all_handlers_finished)
                carried = {"done": tuple(self._done), "seen": self._seen.all()}
                workflow.continue_as_new(start.model_copy(update=carried))
        await self._close(ask)
        return self.status()

    @workflow.signal
    def cleared(self, signal: PhaseClearedSignal) -> None:
        """A service has nothing more to wait for; the workflow asks all of them, once for each event."""
        self._wake(signal.event_id)

    @workflow.signal
    def steered(self, signal: EventSignal) -> None:
        """The office paused, resumed, extended or cancelled the cycle, or people joined it; evaluation says what holds."""
        self._wake(signal.event_id)

    # The query keeps its first name for operators and clients that ask for it; the method has the one of its answer.
    @workflow.query(name="standing")
    def status(self) -> CycleStatus:
        """Which phase it is in, what comes next and when, and what is owed by service; as last looked at."""
        window, ahead = self._window, [phase for phase in self._phases if phase not in self._done]
        coming = ahead if window is None or not window.opened else ahead[1:]
        return CycleStatus(
            phase=self._phase,
            owed=self._owed,
            members=self._members,
            done=tuple(self._done),
            due_at=window.due_at if window and self._phase else None,
            next_phase=coming[0] if coming else None,
            next_opens_at=window.opens_at if window and coming else None,
            owed_by=self._owed_by,
            paused=bool(window and window.paused),
            cancelled=self._cancelled,
        )

    async def _lead(self, phase: Phase) -> None:
        """Wait for the opening, open it everywhere, wait until nobody owes anything or it is due, end it everywhere."""
        self._phase = phase
        window = await self._open(phase)
        if window.cancelled:
            return
        self._show(phase)
        await phase_calls.open_phase(self._ask(phase))
        while True:
            window = await self._until_done(phase, window)
            if window.cancelled or not await self._end(phase, window):
                return
            window = await self._look(phase)

    async def _open(self, phase: Phase) -> PhaseWindow:
        while True:
            window = await self._look(phase)
            if window.cancelled or (window.opened and not window.paused):
                return window
            await self._wait(PAUSED_LOOK.total_seconds() if window.paused else window.opens_in, f"{phase} opens")

    async def _until_done(self, phase: Phase, window: PhaseWindow) -> PhaseWindow:
        look = max(timedelta(seconds=window.due_in) / LOOKS, SHORTEST_LOOK)
        while not window.cancelled and (window.due_in > 0 or window.paused):
            if not window.paused and window.ends_early and await self._all_owed(phase) == 0:
                return window
            seconds = PAUSED_LOOK.total_seconds() if window.paused else min(window.due_in, look.total_seconds())
            await self._wait(seconds, f"{phase} is due")
            window = await self._look(phase)
        return window

    async def _end(self, phase: Phase, window: PhaseWindow) -> bool:
        """End it in all services; whether it goes on after all, because the office steered meanwhile."""
        ask = self._ask(phase)
        await phase_calls.close_phase(ask)
        known = ask.model_copy(update={"due_at": window.due_at})
        return (await call(Evaluation.end_phase, known, queue=EVALUATION)).goes_on

    async def _look(self, phase: Phase) -> PhaseWindow:
        """Ask evaluation where the phase stands; it opens if its time has come."""
        window = await call(Evaluation.begin_phase, self._ask(phase), queue=EVALUATION)
        self._window, self._cancelled = window, window.cancelled
        if window.members > self._members:
            self._members = window.members
            for one in self._phases:
                if one in _REOPENED if one in self._done else one is phase and window.opened:
                    await phase_calls.open_phase(self._ask(one))
        return window

    async def _read(self, phase: Phase) -> Sequence[PhaseState]:
        states = await phase_calls.read_phase(self._ask(phase))
        self._owed_by = {name: one.in_cycle for name, one in states.items()}
        return list(states.values())

    async def _all_owed(self, phase: Phase) -> int:
        self._owed = sum(state.owed for state in await self._read(phase))
        return self._owed

    async def _close(self, ask: CycleAsk) -> None:
        """What is late keeps its ladder after its phase; the cycle closes when the last of it is done."""
        look = SHORTEST_LOOK
        while True:
            self._owed = sum(state.in_cycle for state in await self._read(self._done[-1]))
            if self._owed == 0:
                closed = await call(Evaluation.close_cycle, ask, queue=EVALUATION)
                self._owed, self._cancelled = closed.owed, closed.cancelled
                if closed.owed == 0 and not closed.goes_on:
                    self._phase = None
                    return
            await self._wait(look.total_seconds(), "the last late obligations")
            look = min(look * 2, LAST_LOOK)

    def _show(self, phase: Phase) -> None:
        """Let the phase be searched for; only where the workflow was started with attributes, so the server knows them."""
        if any(pair.key.name == CITY for pair in workflow.info().typed_search_attributes):
            workflow.upsert_search_attributes([_PHASE.value_set(phase.value)])

    def _ask(self, phase: Phase) -> PhaseAsk:
        return PhaseAsk(
            tenant_id=self._start.tenant_id, cycle_id=self._start.cycle_id, phase=phase, members=self._members
        )

    async def _wait(self, seconds: float, why: str) -> None:
        """Until woken, or at most so long on the wall; a signal that came since the last wait wakes at once."""
        # Workflows that were recorded before forgot what came while they asked, and replay so.
        if not workflow.patched(KEEPS_SIGNALS):
            self._woken = False
        if not self._woken:
            await wait_until(lambda: self._woken, within=timedelta(seconds=max(seconds, 0.01)), why=why)
        self._woken = False

    def _wake(self, event_id: UUID) -> None:
        """A repeated event wakes nobody: each look is up to four calls in a history that grows for a year."""
        if self._seen.is_new(event_id):
            self._woken = True
