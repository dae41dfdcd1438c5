"""The story of one objection: both sides are asked, the rater's superior decides, and silence is never a decision.

PermenPANRB 6/2022 art. 29 and L V.B: the decision falls within seven working days of the filing; when it is late, the
performance office is told, and the story goes on waiting for a person.
"""

from datetime import timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.feedback.activities import QUEUE as FEEDBACK
    from contracts.feedback.activities import Feedback, ObjectionAsk, ObjectionState
    from contracts.stories import ObjectionStart
    from workflows.asking import asked
    from workflows.waiting import Listening

_ENDED = frozenset({"UPHELD", "AMENDED", "WITHDRAWN"})
LONGEST_LOOK = timedelta(days=1)


@workflow.defn(name="objection")
class ObjectionStory(Listening):
    """Leads one objection to a human decision."""

    @workflow.init
    def __init__(self, start: ObjectionStart) -> None:
        self._ask = ObjectionAsk(tenant_id=start.tenant_id, objection_id=start.objection_id)
        self._state = "FILED"

    @workflow.run
    async def run(self, start: ObjectionStart) -> str:
        """Hearing, decision; returns how it ended."""
        state = self._seen(await asked(Feedback.open_hearing, self._ask, queue=FEEDBACK))
        while state.state == "HEARING" and not state.statements_complete and state.wait_seconds > 0:
            await self._listen(timedelta(seconds=state.wait_seconds), "both statements")
            state = await self._look()
        state = self._seen(await asked(Feedback.end_hearing, self._ask, queue=FEEDBACK))
        state = await self._until(state, "the decision")
        if state.state not in _ENDED:
            state = self._seen(await asked(Feedback.escalate_objection, self._ask, queue=FEEDBACK))
        while state.state not in _ENDED:
            await self._listen(LONGEST_LOOK, "the overdue decision")
            state = await self._look()
        await workflow.wait_condition(workflow.all_handlers_finished)
        return state.state

    @workflow.query
    def state(self) -> str:
        """Where the objection stands."""
        return self._state

    async def _until(self, state: ObjectionState, why: str) -> ObjectionState:
        while state.state not in _ENDED and state.wait_seconds > 0:
            await self._listen(timedelta(seconds=state.wait_seconds), why)
            state = await self._look()
        return state

    async def _look(self) -> ObjectionState:
        return self._seen(await asked(Feedback.read_objection, self._ask, queue=FEEDBACK))

    def _seen(self, state: ObjectionState) -> ObjectionState:
        self._state = state.state
        return state
