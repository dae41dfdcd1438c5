"""The workflow of a city's deadlines: sleeps until the earliest ladder moves, lets its owner sweep, and sleeps again.

A hundred thousand obligations cost one timer, because they lie in the services' tables and not here.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.activities import SweepAsk, Swept
    from contracts.evaluation.activities import Evaluation
    from contracts.feedback.activities import Feedback
    from contracts.plans.activities import Plans
    from contracts.workflows import DeadlinesStart, EarlierDeadlineSignal
    from workflows.activity_calls import call
    from workflows.waits import wait_until

SHORTEST_SLEEP = timedelta(seconds=3)
"""Rungs fall at the ends of days; on a scaled clock several days are swept in one go."""
LONGEST_SLEEP = timedelta(days=1)
"""A look a day even when nothing is known to be due, should a signal have been lost."""
_SWEEPS: dict[str, Callable[[Any, SweepAsk], Awaitable[Swept]]] = {
    "plans": Plans.sweep_obligations,
    "evaluation": Evaluation.sweep_obligations,
    "feedback": Feedback.sweep_obligations,
}
"""By task queue, in the order in which recorded histories ask them."""


@workflow.defn(name="deadlines")
class DeadlinesWorkflow:
    """Sweeps one city for ever."""

    @workflow.init
    def __init__(self, start: DeadlinesStart) -> None:
        # A run that continues another knows no instants: it sweeps all once, which says when the next ones are.
        now = workflow.now()
        self._next: dict[str, datetime] = dict.fromkeys(_SWEEPS, now)
        self._woken = False
        self._handled = 0

    @workflow.run
    async def run(self, start: DeadlinesStart) -> None:
        """Sweep what is due, sleep until the next is."""
        ask = SweepAsk(tenant_id=start.tenant_id)
        while not workflow.info().is_continue_as_new_suggested():
            for service in [name for name, due in self._next.items() if due <= workflow.now()]:
                swept = await call(_SWEEPS[service], ask, queue=service)
                self._handled += swept.handled
                wait = LONGEST_SLEEP if swept.wait_seconds is None else timedelta(seconds=swept.wait_seconds)
                self._next[service] = workflow.now() + min(max(wait, SHORTEST_SLEEP), LONGEST_SLEEP)
            await self._sleep()
        await workflow.wait_condition(workflow.all_handlers_finished)
        workflow.continue_as_new(start)

    @workflow.signal
    def earlier(self, signal: EarlierDeadlineSignal) -> None:
        """Something earlier appeared in one service: its next sweep says when the ladder moves.

        No memory of events here: a repeat asks for one sweep more, which finds nothing due and changes nothing, and the
        triggers withhold most of them anyway (``workflows.triggers.deadlines``).
        """
        self._next[signal.service] = min(self._next[signal.service], workflow.now() + SHORTEST_SLEEP)
        self._woken = True

    @workflow.query
    def handled(self) -> int:
        """How many rungs were climbed since this run began."""
        return self._handled

    async def _sleep(self) -> None:
        """Until the earliest instant known, or until something earlier appears."""
        while (left := min(self._next.values()) - workflow.now()) > timedelta(0):
            self._woken = False
            if not await wait_until(lambda: self._woken, within=left, why="the next ladder moves"):
                return
