"""The workflow of a scope's cycle schedule: the next cycle opens when its preparation begins, year after year.

Why no Temporal Schedule: deploy/decisions/0010-cycle-schedules-are-workflows.md.
"""

from datetime import timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.evaluation.activities import QUEUE as EVALUATION
    from contracts.evaluation.activities import CycleScheduleAsk, Evaluation
    from contracts.workflows import CycleScheduleStart, EventSignal
    from workflows.activity_calls import call
    from workflows.repeats import SeenEvents
    from workflows.waits import wait_until

SHORTEST_SLEEP = timedelta(seconds=1)
LONGEST_SLEEP = timedelta(days=1)
"""A look a day even when nothing is due, should a signal have been lost or a calendar have changed."""


# "season" is its first name; schedules that run were started under it, and their histories name it.
@workflow.defn(name="season")
class CycleScheduleWorkflow:
    """Opens the cycles of one scope until its policy leaves that to the office."""

    @workflow.init
    def __init__(self, start: CycleScheduleStart) -> None:
        self._seen = SeenEvents(start.seen)
        self._woken = False

    @workflow.run
    async def run(self, start: CycleScheduleStart) -> None:
        """Open what is due, wait for what comes next."""
        ask = CycleScheduleAsk(tenant_id=start.tenant_id, scope=start.scope)
        while not workflow.info().is_continue_as_new_suggested():
            # Before the question: a change that arrives while it is answered may not be in the answer.
            self._woken = False
            schedule = await call(Evaluation.open_due_cycles, ask, queue=EVALUATION)
            if schedule.wait_seconds is None and not self._woken:
                return
            await self._sleep(timedelta(seconds=schedule.wait_seconds or 0))
        await workflow.wait_condition(workflow.all_handlers_finished)
        workflow.continue_as_new(start.model_copy(update={"seen": self._seen.all()}))

    @workflow.signal
    def changed(self, signal: EventSignal) -> None:
        """The policy changed; the workflow asks what holds now, once for each event."""
        if self._seen.is_new(signal.event_id):
            self._woken = True

    async def _sleep(self, wait: timedelta) -> None:
        within = min(max(wait, SHORTEST_SLEEP), LONGEST_SLEEP)
        await wait_until(lambda: self._woken, within=within, why="the next cycle opens")
