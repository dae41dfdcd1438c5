"""The story of an improvement: month after month the rater looks, then a competent official decides.

PP 30/2019 arts 56-58. What is late climbs its ladder; the story only opens what the calendar asks for, and goes on
waiting for a person at the end. After an extension it runs again.
"""

from datetime import timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.activities.feedback import QUEUE as FEEDBACK
    from contracts.activities.feedback import Feedback, ImprovementAsk, ImprovementState
    from contracts.stories import ImprovementStart
    from workflows.asking import asked
    from workflows.waiting import Listening

_ENDED = frozenset({"ENDED_WELL", "FURTHER_MEASURES", "SUPERSEDED"})
LONGEST_LOOK = timedelta(days=30)
"""A decision that nobody told of is seen after this time at the latest."""


@workflow.defn(name="improvement")
class ImprovementStory(Listening):
    """Leads one case of improvement to a human decision."""

    @workflow.init
    def __init__(self, start: ImprovementStart) -> None:
        self._ask = ImprovementAsk(tenant_id=start.tenant_id, case_id=start.case_id)
        self._state = "RUNNING"

    @workflow.run
    async def run(self, start: ImprovementStart) -> str:
        """The months and the decision; returns how it ended."""
        state = await self._lead()
        while state.state not in _ENDED:
            await self._wait(state)
            state = await self._lead()
        await workflow.wait_condition(workflow.all_handlers_finished)
        return state.state

    @workflow.query
    def state(self) -> str:
        """Where the case stands."""
        return self._state

    async def _lead(self) -> ImprovementState:
        state = await asked(Feedback.lead_improvement, self._ask, queue=FEEDBACK)
        self._state = state.state
        return state

    async def _wait(self, state: ImprovementState) -> None:
        wait = LONGEST_LOOK if state.wait_seconds is None else timedelta(seconds=state.wait_seconds)
        await self._listen(wait, "the end of the month" if state.state == "RUNNING" else "the decision")
