"""What wakes the workflow of a city's deadlines: its first cycle, and ladders that move earlier than it expects."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from temporalio.client import Client

from contracts.evaluation.cycles import CycleOpened
from contracts.evaluation.obligations import OBLIGATIONS as EVALUATION
from contracts.feedback.obligations import OBLIGATIONS as FEEDBACK
from contracts.obligations import ObligationsMoved, ObligationsOpened
from contracts.plans.obligations import OBLIGATIONS as PLANS
from contracts.workflows import DeadlinesStart, EarlierDeadlineSignal, deadlines_id
from kit import traceparent
from kit.clock import Clock
from workflows.deadlines import DeadlinesWorkflow
from workflows.triggers.trigger import Run, Signal, Start, Trigger

SAME_SECONDS = 1.0
"""The same instant, asked for twice, lies some microseconds apart on the wall; so much earlier is not earlier."""
LadderEvent = ObligationsOpened | ObligationsMoved


def _id(event: CycleOpened | LadderEvent) -> str:
    return deadlines_id(event.tenant_id)


def _start(event: CycleOpened) -> DeadlinesStart:
    return DeadlinesStart(tenant_id=event.tenant_id)


def _earlier(event: LadderEvent, event_id: UUID) -> EarlierDeadlineSignal:
    return EarlierDeadlineSignal(service=event.topic, event_id=event_id)


class ExpectedSweeps:
    """When each city's services are to be swept next, on the wall, as far as this process knows.

    Opening a phase for a city emits hundreds of events with the same few instants: one signal for all of them is enough.
    A process that has just started knows nothing, and signals once too often rather than once too few.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._at: dict[tuple[str, str], float] = {}

    def on_wall(self, instant: datetime) -> float:
        """An instant of the business clock."""
        return time.time() + self._clock.seconds_until(instant)

    def covers(self, event: LadderEvent, at: float) -> bool:
        """Whether a sweep is expected that is still to come, and no later."""
        return time.time() < self._at.get((event.tenant_id, event.topic), 0.0) <= at + SAME_SECONDS

    def note(self, event: LadderEvent, at: float) -> None:
        """The workflow knows of it."""
        self._at[event.tenant_id, event.topic] = at


@dataclass(frozen=True)
class EarlierLadder:
    """Signals the city's deadlines if a ladder moves earlier than they expect."""

    event: type[LadderEvent]
    expected: ExpectedSweeps
    run: Run = DeadlinesWorkflow.run

    async def fire(self, client: Client, event: LadderEvent, event_id: UUID) -> None:
        """Noted only after the signal: one that failed is tried again, and must not be taken for sent."""
        instants = [item.next_at for item in event.items if item.next_at is not None]
        if not instants:
            return
        at = self.expected.on_wall(min(instants))
        if not self.expected.covers(event, at):
            signal = Signal(self.event, self.run, DeadlinesWorkflow.earlier, _id, _earlier)
            with traceparent.nobodys():  # a sweep is for everybody whose ladder moves
                await signal.fire(client, event, event_id)
            self.expected.note(event, at)


OPENED = Start(CycleOpened, DeadlinesWorkflow.run, _id, _start, traced=False)


def triggers(expected: ExpectedSweeps) -> Sequence[Trigger]:
    """After a pause ladders move again that nobody expects, so what moved wakes them as well as what opened."""
    kinds = [kind for one in (PLANS, EVALUATION, FEEDBACK) for kind in (one.opened, one.moved)]
    return (OPENED, *(EarlierLadder(kind, expected) for kind in kinds))
