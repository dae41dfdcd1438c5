"""The workflow of one objection: both sides are asked, the rater's superior decides, and silence is never a decision.

PermenPANRB 6/2022 art. 29 and L V.B: the decision falls within seven working days of the filing; when it is late, the
performance office is notified, and the workflow goes on waiting for a person.
"""

from datetime import timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.feedback.activities import QUEUE as FEEDBACK
    from contracts.feedback.activities import Feedback, ObjectionAsk, ObjectionState
    from contracts.workflows import ObjectionStart
    from workflows.activity_calls import call
    from workflows.waits import Signalled

_ENDED = frozenset({"UPHELD", "AMENDED", "WITHDRAWN"})
LONGEST_WAIT = timedelta(days=1)
"""Between two looks at an overdue decision, should a signal have been lost; it has no limit any more to wait for."""


@workflow.defn(name="objection")
class ObjectionWorkflow(Signalled):
    """Leads one objection to a human decision."""

    @workflow.init
    def __init__(self, start: ObjectionStart) -> None:
        super().__init__()
        self._ask = ObjectionAsk(tenant_id=start.tenant_id, objection_id=start.objection_id)
        self._state = "FILED"

    @workflow.run
    async def run(self, start: ObjectionStart) -> str:
        """Hearing, decision; returns how it ended."""
        state = self._note(await call(Feedback.open_hearing, self._ask, queue=FEEDBACK))
        while state.state == "HEARING" and not state.statements_complete and state.wait_seconds > 0:
            await self._wait(timedelta(seconds=state.wait_seconds), "both statements")
            state = await self._look()
        state = self._note(await call(Feedback.end_hearing, self._ask, queue=FEEDBACK))
        state = await self._until_decided_or_late(state)
        if state.state not in _ENDED:
            state = self._note(await call(Feedback.escalate_objection, self._ask, queue=FEEDBACK))
        while state.state not in _ENDED:
            await self._wait(LONGEST_WAIT, "the overdue decision")
            state = await self._look()
        await workflow.wait_condition(workflow.all_handlers_finished)
        return state.state

    @workflow.query
    def state(self) -> str:
        """The objection's state as last seen."""
        return self._state

    async def _until_decided_or_late(self, state: ObjectionState) -> ObjectionState:
        while state.state not in _ENDED and state.wait_seconds > 0:
            await self._wait(timedelta(seconds=state.wait_seconds), "the decision")
            state = await self._look()
        return state

    async def _look(self) -> ObjectionState:
        return self._note(await call(Feedback.read_objection, self._ask, queue=FEEDBACK))

    def _note(self, state: ObjectionState) -> ObjectionState:
        self._state = state.state
        return state
