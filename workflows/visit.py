"""The workflow of one field visit: its date is announced and not forgotten, then those observed have their say.

It owns what no ladder knows: the *date* that the panel sets and may move. It reminds both sides before that day, and
notifies the office when the day passed without a report. What is owed belongs to obligations and their sweep: that the
panel is to visit at all (VISIT_UNIT lapses: not held), that the unit may respond (RESPOND_TO_VISIT lapses: silence), that
the panel assesses. The workflow opens none of them, and closes one alone: the right to respond where a policy's ladder
never lets it lapse, or the panel would wait for ever. It follows a visit until those observed have responded or stayed
silent, so that an operator sees where it is.
"""

from typing import ClassVar

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.evaluation.activities import QUEUE as EVALUATION
    from contracts.evaluation.activities import Evaluation, VisitAsk, VisitState
    from contracts.workflows import VisitStart
    from workflows.activity_calls import call
    from workflows.waits import CaseWorkflow


@workflow.defn(name="visit")
class VisitWorkflow(CaseWorkflow):
    """Leads one visit from its date to the response of those observed."""

    ENDED = frozenset({"ANSWERED", "SILENT", "NOT_HELD", "CALLED_OFF"})
    WAITS_FOR: ClassVar = {"SCHEDULED": "the date of the visit", "HELD": "the response of those observed"}

    @workflow.init
    def __init__(self, start: VisitStart) -> None:
        super().__init__()
        self._ask = VisitAsk(tenant_id=start.tenant_id, visit_id=start.visit_id)
        self._state = "SCHEDULED"

    @workflow.run
    async def run(self, start: VisitStart) -> str:
        """The date, the report, the response; returns how it ended."""
        return await self._until_ended()

    async def _lead(self) -> VisitState:
        return await call(Evaluation.lead_visit, self._ask, queue=EVALUATION)
