"""Binds every trigger to its event."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from temporalio.client import Client

from contracts.base import Event
from kit.kafka import Broker, Effect, Listener
from workflows.triggers import cycle_schedules, cycles, deadlines, improvement, objections, visits
from workflows.triggers.deadlines import ExpectedSweeps
from workflows.triggers.trigger import Trigger

SERVICE = "workflows"


def by_event(expected: ExpectedSweeps) -> Mapping[type[Event], Sequence[Trigger]]:
    """Every trigger; those of one event in the order in which they fire: a city's deadlines before its first cycle."""
    found: dict[type[Event], list[Trigger]] = defaultdict(list)
    rooms = (cycles, cycle_schedules, objections, improvement, visits)
    for trigger in (*deadlines.triggers(expected), *(one for room in rooms for one in room.TRIGGERS)):
        found[trigger.event].append(trigger)
    return found


def install(broker: Broker, client: Client, expected: ExpectedSweeps) -> None:
    """Forward the events of all services to the workflows that they concern."""
    listener = Listener(broker, None, SERVICE)
    for event, triggers in by_event(expected).items():
        # One binding an event type: the listener keeps the last one alone.
        listener.forward(event, _all(triggers, client))


def _all(triggers: Sequence[Trigger], client: Client) -> Effect[Event]:
    async def fire(event: Event, event_id: UUID) -> None:
        for trigger in triggers:
            await trigger.fire(client, event, event_id)

    return fire
