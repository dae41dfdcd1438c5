"""The story of one appraisal cycle: phase after phase, from preparation to the review of the system itself.

It holds no dates. Phases, their windows and what is owed lie in the services; the story asks, waits as long as it is
told, and is woken early when a service has nothing more to wait for.
"""

import asyncio
from datetime import timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.activities.base import PhaseAsk, PhaseState
    from contracts.activities.evaluation import QUEUE as EVALUATION
    from contracts.activities.evaluation import CycleAsk, Evaluation, PhaseWindow
    from contracts.activities.feedback import QUEUE as FEEDBACK
    from contracts.activities.feedback import Feedback
    from contracts.activities.plans import QUEUE as PLANS
    from contracts.activities.plans import Plans
    from contracts.base import Frozen, Phase
    from contracts.stories import Cleared, CycleStart
    from workflows.asking import asked

LOOKS = 4
"""How often a story looks by itself during a phase or a wait, should a signal have been lost."""
SHORTEST_LOOK = timedelta(seconds=5)
LAST_LOOK = timedelta(hours=1)
"""Longest pause between two looks at what is late after the last phase; a cleared phase wakes the story earlier."""


class Standing(Frozen):
    """Where a cycle stands, for those who ask."""

    phase: Phase | None
    owed: int
    members: int
    done: tuple[Phase, ...]


@workflow.defn(name="cycle")
class CycleStory:
    """Leads one cycle."""

    @workflow.init
    def __init__(self, start: CycleStart) -> None:
        self._start = start
        self._done = list(start.done)
        self._phase: Phase | None = None
        self._members = 0
        self._owed = 0
        self._news = False

    @workflow.run
    async def run(self, start: CycleStart) -> Standing:
        """Enrol the members, go through the phases, close."""
        ask = CycleAsk(tenant_id=start.tenant_id, cycle_id=start.cycle_id)
        enrolment = await asked(Evaluation.enrol_members, ask, queue=EVALUATION)
        self._members = enrolment.members
        for phase in enrolment.phases:
            if phase in self._done:
                continue
            await self._lead(phase)
            self._done.append(phase)
            if workflow.info().is_continue_as_new_suggested():
                await workflow.wait_condition(workflow.all_handlers_finished)
                workflow.continue_as_new(start.model_copy(update={"done": tuple(self._done)}))
        await self._close(ask)
        return self.standing()

    @workflow.signal
    def cleared(self, news: Cleared) -> None:
        """A service has nothing more to wait for; the story looks for itself, so a repeated signal does no harm."""
        self._news = True

    @workflow.query
    def standing(self) -> Standing:
        """Phase, what is owed, and what is done."""
        return Standing(phase=self._phase, owed=self._owed, members=self._members, done=tuple(self._done))

    async def _lead(self, phase: Phase) -> None:
        """Wait for the opening, open it everywhere, wait until nobody owes anything or it is due, end it everywhere."""
        self._phase = phase
        window = await self._open(phase)
        ask = self._ask(phase)
        await asyncio.gather(
            asked(Plans.open_phase, ask, queue=PLANS),
            asked(Feedback.open_phase, ask, queue=FEEDBACK),
            asked(Evaluation.open_phase, ask, queue=EVALUATION),
        )
        await self._until_done(phase, window)
        await asyncio.gather(
            asked(Plans.close_phase, ask, queue=PLANS),
            asked(Feedback.close_phase, ask, queue=FEEDBACK),
            asked(Evaluation.close_phase, ask, queue=EVALUATION),
        )
        await asked(Evaluation.end_phase, ask, queue=EVALUATION)

    async def _open(self, phase: Phase) -> PhaseWindow:
        while True:
            window = await asked(Evaluation.begin_phase, self._ask(phase), queue=EVALUATION)
            if window.opened:
                return window
            await self._wait(window.opens_in, f"{phase} opens")

    async def _until_done(self, phase: Phase, window: PhaseWindow) -> None:
        look = max(timedelta(seconds=window.due_in) / LOOKS, SHORTEST_LOOK)
        while window.due_in > 0:
            if window.ends_early and await self._all_owed(phase) == 0:
                return
            await self._wait(min(window.due_in, look.total_seconds()), f"{phase} is due")
            window = await asked(Evaluation.begin_phase, self._ask(phase), queue=EVALUATION)

    async def _all_owed(self, phase: Phase) -> int:
        self._owed = sum(state.owed for state in await self._states(phase))
        return self._owed

    async def _states(self, phase: Phase) -> list[PhaseState]:
        ask = self._ask(phase)
        states = await asyncio.gather(
            asked(Plans.read_phase, ask, queue=PLANS),
            asked(Feedback.read_phase, ask, queue=FEEDBACK),
            asked(Evaluation.read_phase, ask, queue=EVALUATION),
        )
        return list(states)

    async def _close(self, ask: CycleAsk) -> None:
        """What is late keeps its ladder after its phase; the cycle closes when the last of it is done."""
        look = SHORTEST_LOOK
        while True:
            self._owed = sum(state.in_cycle for state in await self._states(self._done[-1]))
            if self._owed == 0:
                self._owed = (await asked(Evaluation.close_cycle, ask, queue=EVALUATION)).owed
            if self._owed == 0:
                self._phase = None
                return
            await self._wait(look.total_seconds(), "the last late duties")
            look = min(look * 2, LAST_LOOK)

    def _ask(self, phase: Phase) -> PhaseAsk:
        return PhaseAsk(
            tenant_id=self._start.tenant_id, cycle_id=self._start.cycle_id, phase=phase, members=self._members
        )

    async def _wait(self, seconds: float, why: str) -> None:
        """Until woken, or at most so long on the wall."""
        self._news = False
        try:
            await workflow.wait_condition(
                lambda: self._news, timeout=timedelta(seconds=max(seconds, 0.01)), timeout_summary=why
            )
        except TimeoutError:
            return
