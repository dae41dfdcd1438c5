"""The Temporal door: phases, ladders and hearings, each activity one transaction."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession
from temporalio import activity

from contracts.activities import PhaseAsk, PhaseState, SweepAsk, Swept
from contracts.feedback.activities import Feedback, ImprovementAsk, ImprovementState, ObjectionAsk, ObjectionState
from contracts.feedback.obligations import OBLIGATIONS
from directory.queries import all_arrived
from kit.db import Database, clock
from obligations.sweep import sweep
from services.feedback.cycles.commands import phases
from services.feedback.cycles.queries.progress import owed, owed_in_cycle
from services.feedback.file.commands import LOOKUPS
from services.feedback.improvement.commands import cases
from services.feedback.improvement.rules import CaseState
from services.feedback.lapses import LAPSES
from services.feedback.objections.commands import hearings
from services.feedback.objections.commands.objections import locked
from services.feedback.objections.models import Objection
from services.feedback.objections.rules.states import Stage

Step = Callable[[AsyncSession, UUID], Awaitable[Objection]]


class FeedbackActivities(Feedback):
    """The activities of the feedback service on its database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @activity.defn(name="feedback.open_phase")
    async def open_phase(self, ask: PhaseAsk) -> PhaseState:
        """Open the obligations of a phase, once."""
        async with self._database.transaction(ask.tenant_id) as session:
            await all_arrived(session, ask.cycle_id, ask.members)
            await phases.open_phase(session, ask.cycle_id, ask.phase)
            return await _state(session, ask)

    @activity.defn(name="feedback.read_phase")
    async def read_phase(self, ask: PhaseAsk) -> PhaseState:
        """How much is still owed."""
        async with self._database.transaction(ask.tenant_id) as session:
            await all_arrived(session, ask.cycle_id, ask.members)
            return await _state(session, ask)

    @activity.defn(name="feedback.close_phase")
    async def close_phase(self, ask: PhaseAsk) -> PhaseState:
        """Nothing of this service lapses with its phase: what is open keeps its ladder."""
        async with self._database.transaction(ask.tenant_id) as session:
            return await _state(session, ask)

    @activity.defn(name="feedback.sweep_obligations")
    async def sweep_obligations(self, ask: SweepAsk) -> Swept:
        """Move every ladder of one city whose next instant has come."""
        handled, due = await sweep(self._database, OBLIGATIONS, LAPSES, tenant_id=ask.tenant_id)
        async with self._database.transaction(ask.tenant_id) as session:
            await LOOKUPS.forget(session)
        wait = None if due is None else self._database.clock.seconds_until(due)
        return Swept(handled=handled, wait_seconds=wait)

    @activity.defn(name="feedback.open_hearing")
    async def open_hearing(self, ask: ObjectionAsk) -> ObjectionState:
        """Ask both sides for an explanation, once."""
        return await self._step(ask, hearings.open_hearing)

    @activity.defn(name="feedback.end_hearing")
    async def end_hearing(self, ask: ObjectionAsk) -> ObjectionState:
        """Close the hearing once both statements are in or their limit has passed."""
        return await self._step(ask, hearings.end_hearing)

    @activity.defn(name="feedback.read_objection")
    async def read_objection(self, ask: ObjectionAsk) -> ObjectionState:
        """Where the objection stands now."""
        return await self._step(ask, locked)

    @activity.defn(name="feedback.escalate_objection")
    async def escalate_objection(self, ask: ObjectionAsk) -> ObjectionState:
        """Notify the performance office, once, that the decision is overdue."""
        return await self._step(ask, hearings.escalate)

    @activity.defn(name="feedback.lead_improvement")
    async def lead_improvement(self, ask: ImprovementAsk) -> ImprovementState:
        """Open the review of the next month, or ask for the decision, if it is time; asked twice, does it once."""
        async with self._database.transaction(ask.tenant_id) as session:
            case = await cases.lead_on(session, ask.case_id)
            wait = None
            if case.state == CaseState.RUNNING:
                month = await cases.latest_review(session, case.id)
                wait = clock(session).seconds_until(month.due_at)
            return ImprovementState(state=case.state, wait_seconds=wait)

    async def _step(self, ask: ObjectionAsk, step: Step) -> ObjectionState:
        async with self._database.transaction(ask.tenant_id) as session:
            objection = await step(session, ask.objection_id)
            limits = {Stage.HEARING: objection.statements_by, Stage.DECIDABLE: objection.decide_by}
            limit = limits.get(Stage(objection.state))
            return ObjectionState(
                state=objection.state,
                statements_complete=await hearings.is_complete(session, objection.id),
                wait_seconds=0.0 if limit is None else clock(session).seconds_until(limit),
            )


async def _state(session: AsyncSession, ask: PhaseAsk) -> PhaseState:
    return PhaseState(
        owed=await owed(session, ask.cycle_id, ask.phase), in_cycle=await owed_in_cycle(session, ask.cycle_id)
    )


def build(database: Database) -> list[Callable[..., Any]]:
    """Every activity, for the worker."""
    does = FeedbackActivities(database)
    return [
        does.open_phase,
        does.read_phase,
        does.close_phase,
        does.sweep_obligations,
        does.open_hearing,
        does.end_hearing,
        does.read_objection,
        does.escalate_objection,
        does.lead_improvement,
    ]
