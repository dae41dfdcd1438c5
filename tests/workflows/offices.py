"""Stand-ins for the services that a workflow asks: they answer from a table of dates, on the test server's own clock."""

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from temporalio import activity
from temporalio.testing import WorkflowEnvironment

from contracts.activities import PhaseAsk, PhaseState, SweepAsk, Swept
from contracts.base import Phase
from contracts.evaluation.activities import (
    CycleAsk,
    CycleScheduleAsk,
    CycleScheduleState,
    Enrolment,
    Evaluation,
    PhaseWindow,
    VisitAsk,
    VisitState,
)
from contracts.feedback.activities import Feedback, ImprovementAsk, ImprovementState, ObjectionAsk, ObjectionState
from contracts.plans.activities import Plans
from kit import traceparent


@dataclass
class Ledger:
    """What the stand-ins know and what they were asked."""

    env: WorkflowEnvironment
    opens: dict[Phase, datetime] = field(default_factory=dict)
    due: dict[Phase, datetime] = field(default_factory=dict)
    lasting: frozenset[Phase] = frozenset()
    """Phases that do not end early."""
    owed: Counter[Phase] = field(default_factory=Counter)
    in_cycle: int = 0
    members: int = 3
    openings: list[datetime] = field(default_factory=list)
    """When the next cycles open; none at all leaves it to the office."""
    paused: bool = False
    cancelled: bool = False
    log: list[tuple[str, str, datetime]] = field(default_factory=list)
    traces: list[tuple[str, str | None]] = field(default_factory=list)
    """Under which trace each thing was asked."""
    rungs: dict[str, list[datetime]] = field(default_factory=dict)
    objection: str = "FILED"
    statements: int = 0
    limit: datetime | None = None
    decide_by: datetime | None = None
    improvement: str = "RUNNING"
    months: list[datetime] = field(default_factory=list)
    """When each month of improvement ends."""
    visit: str = "SCHEDULED"
    around: list[tuple[datetime, str]] = field(default_factory=list)
    """What is to be told around a visit's date, and when."""
    respond_by: datetime | None = None
    """When the right to respond to the visit lapses."""

    while_reading: Callable[[], Awaitable[None]] | None = None
    """What happens, once, between what plans reads of a phase and its answer."""

    async def now(self) -> datetime:
        """The test server's time."""
        return await self.env.get_current_time()

    async def note(self, what: str, about: str = "") -> datetime:
        """Write down that something was asked."""
        now = await self.now()
        self.log.append((what, about, now))
        self.traces.append((what, traceparent.read(traceparent.current())))
        return now

    def asked(self, what: str) -> list[datetime]:
        """When something was asked."""
        return [at for name, _, at in self.log if name == what]


class PlansOffice(Plans):
    """Answers for the plans service."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    @activity.defn(name="plans.open_phase")
    async def open_phase(self, ask: PhaseAsk) -> PhaseState:
        """Note it."""
        await self._ledger.note("plans.open", ask.phase)
        return PhaseState(owed=self._ledger.owed[ask.phase])

    @activity.defn(name="plans.read_phase")
    async def read_phase(self, ask: PhaseAsk) -> PhaseState:
        """What the ledger says."""
        state = PhaseState(owed=self._ledger.owed[ask.phase], in_cycle=self._ledger.in_cycle)
        happens, self._ledger.while_reading = self._ledger.while_reading, None
        if happens is not None:
            await happens()
        return state

    @activity.defn(name="plans.close_phase")
    async def close_phase(self, ask: PhaseAsk) -> PhaseState:
        """Note it."""
        await self._ledger.note("plans.close", ask.phase)
        return PhaseState(owed=0)

    @activity.defn(name="plans.sweep_obligations")
    async def sweep_obligations(self, ask: SweepAsk) -> Swept:
        """Climb the rungs whose instant has come."""
        return await _swept(self._ledger, "plans")


class FeedbackOffice(Feedback):
    """Answers for the feedback service."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    @activity.defn(name="feedback.open_phase")
    async def open_phase(self, ask: PhaseAsk) -> PhaseState:
        """Note it."""
        await self._ledger.note("feedback.open", ask.phase)
        return PhaseState(owed=0)

    @activity.defn(name="feedback.read_phase")
    async def read_phase(self, ask: PhaseAsk) -> PhaseState:
        """Nothing of its own."""
        return PhaseState(owed=0)

    @activity.defn(name="feedback.close_phase")
    async def close_phase(self, ask: PhaseAsk) -> PhaseState:
        """Nothing of its own."""
        return PhaseState(owed=0)

    @activity.defn(name="feedback.sweep_obligations")
    async def sweep_obligations(self, ask: SweepAsk) -> Swept:
        """Climb the rungs whose instant has come."""
        return await _swept(self._ledger, "feedback")

    @activity.defn(name="feedback.open_hearing")
    async def open_hearing(self, ask: ObjectionAsk) -> ObjectionState:
        """Ask both sides."""
        await self._ledger.note("open_hearing")
        self._ledger.objection = "HEARING"
        return await self._state()

    @activity.defn(name="feedback.end_hearing")
    async def end_hearing(self, ask: ObjectionAsk) -> ObjectionState:
        """The authority is to decide."""
        await self._ledger.note("end_hearing")
        if self._ledger.objection == "HEARING":
            self._ledger.objection = "DECIDABLE"
        return await self._state()

    @activity.defn(name="feedback.read_objection")
    async def read_objection(self, ask: ObjectionAsk) -> ObjectionState:
        """Where it stands."""
        return await self._state()

    @activity.defn(name="feedback.escalate_objection")
    async def escalate_objection(self, ask: ObjectionAsk) -> ObjectionState:
        """The office is told."""
        await self._ledger.note("escalate")
        return await self._state()

    @activity.defn(name="feedback.lead_improvement")
    async def lead_improvement(self, ask: ImprovementAsk) -> ImprovementState:
        """The months, then the decision."""
        ledger, now = self._ledger, await self._ledger.note("lead_improvement")
        left = [at for at in ledger.months if at > now]
        if ledger.improvement == "RUNNING" and not left:
            ledger.improvement = "DECIDABLE"
        wait = (left[0] - now).total_seconds() if ledger.improvement == "RUNNING" else None
        return ImprovementState(state=ledger.improvement, wait_seconds=wait)

    async def _state(self) -> ObjectionState:
        ledger = self._ledger
        limit = ledger.limit if ledger.objection == "HEARING" else ledger.decide_by
        left = (limit - await ledger.now()).total_seconds() if limit else 0.0
        return ObjectionState(
            state=ledger.objection, statements_complete=ledger.statements >= 2, wait_seconds=max(0.0, left)
        )


class EvaluationOffice(Evaluation):
    """Answers for the evaluation service."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    @activity.defn(name="evaluation.enrol_members")
    async def enrol_members(self, ask: CycleAsk) -> Enrolment:
        """All phases that have a date."""
        await self._ledger.note("enrol")
        return Enrolment(members=self._ledger.members, phases=tuple(self._ledger.due))

    @activity.defn(name="evaluation.begin_phase")
    async def begin_phase(self, ask: PhaseAsk) -> PhaseWindow:
        """Open once its time has come."""
        ledger, now = self._ledger, await self._ledger.now()
        opens, due = ledger.opens.get(ask.phase, now), ledger.due[ask.phase]
        return PhaseWindow(
            opened=opens <= now and not ledger.paused,
            opens_in=max(0.0, (opens - now).total_seconds()),
            due_in=max(0.0, (due - now).total_seconds()),
            due_at=due,
            ends_early=ask.phase not in ledger.lasting,
            opens_at=opens,
            paused=ledger.paused,
            cancelled=ledger.cancelled,
            members=ledger.members,
        )

    @activity.defn(name="evaluation.open_phase")
    async def open_phase(self, ask: PhaseAsk) -> PhaseState:
        """Note it."""
        await self._ledger.note("open", ask.phase)
        return PhaseState(owed=0)

    @activity.defn(name="evaluation.read_phase")
    async def read_phase(self, ask: PhaseAsk) -> PhaseState:
        """Nothing of its own."""
        return PhaseState(owed=0)

    @activity.defn(name="evaluation.close_phase")
    async def close_phase(self, ask: PhaseAsk) -> PhaseState:
        """Nothing of its own."""
        return PhaseState(owed=0)

    @activity.defn(name="evaluation.end_phase")
    async def end_phase(self, ask: PhaseAsk) -> PhaseState:
        """Note it, unless it was extended or paused meanwhile."""
        ledger = self._ledger
        if ledger.paused or (ask.due_at is not None and ledger.due[ask.phase] > ask.due_at):
            return PhaseState(owed=0, goes_on=True)
        await ledger.note("end", ask.phase)
        return PhaseState(owed=0)

    @activity.defn(name="evaluation.close_cycle")
    async def close_cycle(self, ask: CycleAsk) -> PhaseState:
        """Note it."""
        await self._ledger.note("close")
        return PhaseState(owed=0)

    @activity.defn(name="evaluation.sweep_obligations")
    async def sweep_obligations(self, ask: SweepAsk) -> Swept:
        """Climb the rungs whose instant has come."""
        return await _swept(self._ledger, "evaluation")

    @activity.defn(name="evaluation.open_due_cycles")
    async def open_due_cycles(self, ask: CycleScheduleAsk) -> CycleScheduleState:
        """Open those whose time has come."""
        ledger, now = self._ledger, await self._ledger.now()
        while ledger.openings and ledger.openings[0] <= now:
            ledger.openings.pop(0)
            await ledger.note("opened")
        return CycleScheduleState(wait_seconds=(ledger.openings[0] - now).total_seconds() if ledger.openings else None)

    @activity.defn(name="evaluation.lead_visit")
    async def lead_visit(self, ask: VisitAsk) -> VisitState:
        """Tell what it is time for; silence lapses, as the sweep would have it."""
        ledger, now = self._ledger, await self._ledger.note("lead_visit")
        while ledger.visit == "SCHEDULED" and ledger.around and ledger.around[0][0] <= now:
            await ledger.note(ledger.around.pop(0)[1])
        next_at = ledger.around[0][0] if ledger.visit == "SCHEDULED" and ledger.around else None
        if ledger.visit == "HELD" and ledger.respond_by is not None:
            next_at = ledger.respond_by
            if next_at <= now:
                ledger.visit, next_at = "SILENT", None
        wait = None if next_at is None else (next_at - now).total_seconds()
        return VisitState(state=ledger.visit, wait_seconds=wait)


async def _swept(ledger: Ledger, service: str) -> Swept:
    now = await ledger.note("sweep", service)
    waiting = ledger.rungs.setdefault(service, [])
    due = [at for at in waiting if at <= now]
    ledger.rungs[service] = left = [at for at in waiting if at > now]
    return Swept(handled=len(due), wait_seconds=(min(left) - now).total_seconds() if left else None)


def acts_of(office: PlansOffice | FeedbackOffice | EvaluationOffice) -> Sequence[Callable[..., Any]]:
    """The activities of a stand-in, as a worker takes them."""
    found = (getattr(office, name) for name in dir(office) if not name.startswith("_"))
    return [one for one in found if hasattr(one, "__temporal_activity_definition")]


def days(count: float) -> timedelta:
    """Shorthand."""
    return timedelta(days=count)
