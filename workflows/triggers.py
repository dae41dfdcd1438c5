"""From Kafka to Temporal: events start stories and wake them; ids made from the business are the inbox."""

import time
from datetime import datetime, timedelta

from faststream.kafka import KafkaBroker
from temporalio.client import Client
from temporalio.common import (
    Priority,
    SearchAttributeKey,
    SearchAttributePair,
    TypedSearchAttributes,
    WorkflowIDConflictPolicy,
    WorkflowIDReusePolicy,
)
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from contracts import stories
from contracts.base import new_id
from contracts.evaluation.cycles import CycleOpened
from contracts.evaluation.obligations import OBLIGATIONS as EVALUATION
from contracts.evaluation.steering import STEERING_EVENTS, SeasonChanged, SteeringEvent
from contracts.evaluation.visits import (
    VisitDateSet,
    VisitHeld,
    VisitNotHeld,
    VisitResponded,
    VisitScheduled,
    VisitUnanswered,
)
from contracts.feedback.improvement import ImprovementDecided, ImprovementStarted, ImprovementSuperseded
from contracts.feedback.objections import ObjectionDecided, ObjectionFiled, ObjectionWithdrawn, StatementGiven
from contracts.feedback.obligations import OBLIGATIONS as FEEDBACK
from contracts.obligations import ObligationsMoved, ObligationsOpened, PhaseCleared
from contracts.plans.obligations import OBLIGATIONS as PLANS
from contracts.stories import (
    Cleared,
    CycleStart,
    DeadlinesStart,
    Earlier,
    Heard,
    ImprovementStart,
    ObjectionStart,
    SeasonStart,
    Steered,
    VisitStart,
)
from kit.clock import Clock
from kit.kafka import Listener

SERVICE = "workflows"


class Triggers:
    """Starts and signals stories."""

    def __init__(self, client: Client, clock: Clock) -> None:
        self._client = client
        self._clock = clock
        self._expected: dict[tuple[str, str], float] = {}

    async def cycle_opened(self, event: CycleOpened) -> None:
        """A cycle begins; its city's deadlines are watched from now on."""
        await self._deadlines(event.tenant_id)
        start = CycleStart(tenant_id=event.tenant_id, cycle_id=event.cycle_id)
        await self._start("cycle", start, stories.cycle_id(event.cycle_id), _searched(event))

    async def cycle_steered(self, event: SteeringEvent) -> None:
        """The office paused, resumed, extended or cancelled a cycle, or people joined it."""
        news = Steered(event_id=new_id(), what=event.ce_type())
        await self._signal(stories.cycle_id(event.cycle_id), "steered", news)

    async def season_changed(self, event: SeasonChanged) -> None:
        """Cycles of a scope open by themselves from now on, or no longer: the season looks for itself."""
        news = Steered(event_id=new_id(), what=event.ce_type())
        if not event.opens_by_itself:
            await self._signal(stories.season_id(event.scope), "changed", news)
            return
        await self._client.start_workflow(
            "season",
            SeasonStart(tenant_id=event.tenant_id, scope=event.scope),
            id=stories.season_id(event.scope),
            task_queue=stories.QUEUE,
            start_signal="changed",
            start_signal_args=[news],
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            task_timeout=timedelta(seconds=20),
            priority=Priority(fairness_key=event.tenant_id),
        )

    async def phase_cleared(self, event: PhaseCleared) -> None:
        """A service has nothing more to wait for."""
        news = Cleared(event_id=new_id(), phase=event.phase)
        await self._signal(stories.cycle_id(event.cycle_id), "cleared", news)

    async def obligations_opened(self, event: ObligationsOpened) -> None:
        """Wake the city's deadlines if a ladder moves earlier than they expect."""
        await self._expect(event, [item.next_at for item in event.items if item.next_at is not None])

    async def obligations_moved(self, event: ObligationsMoved) -> None:
        """After a pause ladders move again that nobody expects."""
        await self._expect(event, [item.next_at for item in event.items if item.next_at is not None])

    async def _expect(self, event: ObligationsOpened | ObligationsMoved, instants: list[datetime]) -> None:
        if not instants:
            return
        wall = time.time() + self._clock.seconds_until(min(instants))
        known = self._expected.get((event.tenant_id, event.topic), 0.0)
        if time.time() < known <= wall:
            return
        self._expected[event.tenant_id, event.topic] = wall
        await self._signal(stories.deadlines_id(event.tenant_id), "earlier", Earlier(service=event.topic))

    async def objection_filed(self, event: ObjectionFiled) -> None:
        """An objection begins."""
        start = ObjectionStart(tenant_id=event.tenant_id, objection_id=event.objection_id)
        await self._start("objection", start, stories.objection_id(event.objection_id))

    async def objection_moved(self, event: StatementGiven | ObjectionDecided | ObjectionWithdrawn) -> None:
        """A statement, a decision or a withdrawal."""
        news = Heard(event_id=new_id(), what=event.ce_type())
        await self._signal(stories.objection_id(event.objection_id), "heard", news)

    async def improvement_started(self, event: ImprovementStarted) -> None:
        """Months of improvement begin."""
        start = ImprovementStart(tenant_id=event.tenant_id, case_id=event.case_id)
        await self._start("improvement", start, stories.improvement_id(event.case_id))

    async def improvement_moved(self, event: ImprovementDecided | ImprovementSuperseded) -> None:
        """A decision, or the end of what it came from."""
        news = Heard(event_id=new_id(), what=event.ce_type())
        await self._signal(stories.improvement_id(event.case_id), "heard", news)

    async def visit_scheduled(self, event: VisitScheduled) -> None:
        """A unit is to be visited."""
        start = VisitStart(tenant_id=event.tenant_id, visit_id=event.visit_id)
        await self._start("visit", start, stories.visit_id(event.visit_id))

    async def visit_moved(
        self, event: VisitDateSet | VisitHeld | VisitNotHeld | VisitResponded | VisitUnanswered
    ) -> None:
        """Its date was set or moved, it was held or never was, those observed responded or did not."""
        news = Heard(event_id=new_id(), what=event.ce_type())
        await self._signal(stories.visit_id(event.visit_id), "heard", news)

    async def _deadlines(self, tenant_id: str) -> None:
        await self._start("deadlines", DeadlinesStart(tenant_id=tenant_id), stories.deadlines_id(tenant_id))

    async def _start(
        self,
        story: str,
        start: CycleStart | DeadlinesStart | ObjectionStart | ImprovementStart | VisitStart,
        workflow_id: str,
        searched: TypedSearchAttributes = TypedSearchAttributes.empty,
    ) -> None:
        """Start once: a second delivery of the event finds the first story, running or ended."""
        try:
            await self._client.start_workflow(
                story,
                start,
                id=workflow_id,
                task_queue=stories.QUEUE,
                id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
                id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
                task_timeout=timedelta(seconds=20),
                search_attributes=searched,
                priority=Priority(fairness_key=start.tenant_id),
            )
        except WorkflowAlreadyStartedError:
            return

    async def _signal(self, workflow_id: str, name: str, news: Cleared | Earlier | Heard | Steered) -> None:
        """Wake a story; one that has ended, or whose city has no cycle yet, needs no waking."""
        try:
            await self._client.get_workflow_handle(workflow_id).signal(name, news)
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise


def _searched(event: CycleOpened) -> TypedSearchAttributes:
    """City and period; the phase is the story's to show."""
    period = f"{event.period_start:%Y-%m}/{event.period_end:%Y-%m}"
    return TypedSearchAttributes(
        [
            SearchAttributePair(SearchAttributeKey.for_keyword(stories.CITY), event.tenant_id),
            SearchAttributePair(SearchAttributeKey.for_keyword(stories.PERIOD), period),
        ]
    )


def install(broker: KafkaBroker, triggers: Triggers) -> None:
    """Bind the triggers to the events of all services."""
    listener = Listener(broker, None, SERVICE)
    listener.forward(CycleOpened, triggers.cycle_opened)
    for service in (PLANS, EVALUATION, FEEDBACK):
        listener.forward(service.cleared, triggers.phase_cleared)
        listener.forward(service.opened, triggers.obligations_opened)
        listener.forward(service.moved, triggers.obligations_moved)
    listener.forward(SeasonChanged, triggers.season_changed)
    for steered in STEERING_EVENTS:
        listener.forward(steered, triggers.cycle_steered)
    listener.forward(ObjectionFiled, triggers.objection_filed)
    listener.forward(StatementGiven, triggers.objection_moved)
    listener.forward(ObjectionDecided, triggers.objection_moved)
    listener.forward(ObjectionWithdrawn, triggers.objection_moved)
    listener.forward(ImprovementStarted, triggers.improvement_started)
    listener.forward(ImprovementDecided, triggers.improvement_moved)
    listener.forward(ImprovementSuperseded, triggers.improvement_moved)
    listener.forward(VisitScheduled, triggers.visit_scheduled)
    listener.forward(VisitDateSet, triggers.visit_moved)
    listener.forward(VisitHeld, triggers.visit_moved)
    listener.forward(VisitNotHeld, triggers.visit_moved)
    listener.forward(VisitResponded, triggers.visit_moved)
    listener.forward(VisitUnanswered, triggers.visit_moved)
