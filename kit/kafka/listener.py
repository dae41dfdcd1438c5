"""Binds commands to other services' events: claim, effect and new events in one transaction."""

import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

import structlog
from faststream import AckPolicy
from faststream.kafka import KafkaMessage
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Event, born
from kit import metrics, traceparent
from kit.db import Database, situation
from kit.inbox import first_time
from kit.kafka import brokers, reading
from kit.kafka.brokers import Broker
from kit.kafka.patience import Failure
from kit.kafka.reading import Record, Unreadable

E = TypeVar("E", bound=Event)
Command = Callable[[AsyncSession, E], Awaitable[object]]
Effect = Callable[[E, UUID], Awaitable[object]]
"""What is done outside of a transaction with an event and its CloudEvents id, the same at every delivery."""
Handle = Callable[[Event, UUID], Awaitable[None]]
Routes = Mapping[str, tuple[type[Event], Handle]]


class Listener:
    """One service's consumers, one subscriber a topic."""

    def __init__(self, broker: Broker, database: Database | None, service: str) -> None:
        self._broker = broker
        self._database = database
        self._service = service
        self._routes: dict[str, dict[str, tuple[type[Event], Handle]]] = {}
        self._commands: dict[type[Event], list[Command[Any]]] = {}

    def on(self, event_type: type[E], command: Command[E]) -> None:
        """Run a command once for each event of this type; several of one type run in one transaction, in order."""
        database = self._database
        if database is None:
            raise TypeError("a listener without a database can only forward")
        commands = self._commands.setdefault(event_type, [])
        commands.append(command)
        if len(commands) > 1:
            return

        async def effect(event: Event, event_id: UUID) -> None:
            async with database.transaction(event.tenant_id) as session:
                if await first_time(session, self._service, event_id):
                    situation(session).cause = event_id
                    for one in commands:
                        await one(session, event)
            self._measured(event_type, event_id)

        self._bind(event_type, effect)

    def forward(self, event_type: type[E], effect: Effect[E]) -> None:
        """Hand the event on without a transaction; the effect bears repetition, by the event's id where it needs one."""

        async def passed(event: Event, event_id: UUID) -> None:
            if isinstance(event, event_type):  # whatever is bound to a type is parsed as that type
                await effect(event, event_id)

        self._bind(event_type, passed)

    def _bind(self, event_type: type[Event], handle: Handle) -> None:
        topic = event_type.topic
        if topic not in self._routes:
            self._routes[topic] = {}
            self._subscribe(topic, self._routes[topic])
        self._routes[topic][event_type.ce_type()] = (event_type, handle)
        self._broker.hears.setdefault(self._group(topic), []).append(event_type)

    def _group(self, topic: str) -> str:
        return group_of(self._service, topic)

    def _subscribe(self, topic: str, routes: Routes) -> None:
        """One handler a topic: FastStream's filters would ask every binding about every message in turn."""
        patience = self._broker.patience(self._service, self._group(topic))

        @self._broker.subscriber(
            brokers.topic(topic),
            group_id=self._group(topic),
            ack_policy=AckPolicy.NACK_ON_ERROR,  # of FastStream itself: our own errors never get there
            auto_offset_reset="earliest",
            **self._broker.timing(),
            parser=reading.bare,
            decoder=reading.undecoded,
            title=f"{self._service}:{topic}",
        )
        async def handle(message: KafkaMessage) -> None:
            record: Any = message.raw_message

            async def work() -> Sequence[Failure]:
                try:
                    await self._take(record, routes)
                except Exception as error:  # noqa: BLE001 - patience decides what it means
                    return [(record, error)]
                return []

            await patience.through(message, [record], work)

    async def _take(self, record: Record, routes: Routes) -> None:
        """The record's effect; raises Unreadable where it is no event.

        An event that nobody here is bound to is passed over, because a producer that was upgraded first may tell more
        than this program knows. Another version of one that is heard here is not: its effect would be missed.
        """
        try:
            of = reading.heading(record)
        except Unreadable:
            if record.topic == "registry" and self._service in self._broker.copying:
                return  # the copy reads the same topic, and sets aside what is no event at all
            raise
        route = routes.get(of.type)
        if route is not None:
            event = reading.body(record, of, route[0])
            with (
                traceparent.bound(traceparent.joined(reading.carried(record))),
                structlog.contextvars.bound_contextvars(tenant=event.tenant_id, event_id=str(of.event_id)),
            ):
                await route[1](event, of.event_id)
        elif reading.is_other_version(of, [kind for kind, _ in routes.values()]):
            raise Unreadable(f"{of.type} is a version that this program does not know: upgrade it, then revive this")

    def _measured(self, event_type: type[Event], event_id: UUID) -> None:
        metrics.events_handled.labels(self._service, event_type.ce_type()).inc()
        if (emitted := born(event_id)) is not None:
            metrics.effect_seconds.labels(self._service).observe(max(0.0, time.time() - emitted.timestamp()))


def group_of(service: str, topic: str) -> str:
    """Facts of the registry are taken beside the copy of its master data, which has a group of its own."""
    return f"{service}.{topic}.facts" if topic == "registry" else f"{service}.{topic}"
