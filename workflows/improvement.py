"""The workflow of an improvement: month after month the rater looks, then a competent official decides.

PP 30/2019 arts 56-58. What is late climbs its ladder; the workflow only opens what the calendar asks for, and goes on
waiting for a person at the end. After an extension it runs again.
"""

from typing import ClassVar

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.feedback.activities import QUEUE as FEEDBACK
    from contracts.feedback.activities import Feedback, ImprovementAsk, ImprovementState
    from contracts.workflows import ImprovementStart
    from workflows.activity_calls import call
    from workflows.waits import CaseWorkflow


@workflow.defn(name="improvement")
class ImprovementWorkflow(CaseWorkflow):
    """Leads one case of improvement to a human decision."""

    ENDED = frozenset({"ENDED_WELL", "FURTHER_MEASURES", "SUPERSEDED"})
    WAITS_FOR: ClassVar = {"RUNNING": "the end of the month", "DECIDABLE": "the decision"}

    @workflow.init
    def __init__(self, start: ImprovementStart) -> None:
        super().__init__()
        self._ask = ImprovementAsk(tenant_id=start.tenant_id, case_id=start.case_id)
        self._state = "RUNNING"

    @workflow.run
    async def run(self, start: ImprovementStart) -> str:
        """The months and the decision; returns how it ended."""
        return await self._until_ended()

    async def _lead(self) -> ImprovementState:
        return await call(Feedback.lead_improvement, self._ask, queue=FEEDBACK)
