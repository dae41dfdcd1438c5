"""The connection of a process to the bus, and what all of its consumers have in common."""

import asyncio
import logging
from typing import TypedDict

from faststream.kafka import KafkaBroker, Topic
from faststream.kafka.subscriber.usecase import LogicSubscriber

from contracts.base import Event
from kit import kafka_access, metrics
from kit.kafka.dead_letters import DeadLetters
from kit.kafka.patience import Patience, Waiting
from kit.kafka.progress import STALLED_SECONDS, Progress
from kit.kafka.trials import Waits
from kit.settings import Settings


class Timing(TypedDict):
    """What every consumer is told about time."""

    session_timeout_ms: int
    heartbeat_interval_ms: int
    fetch_max_wait_ms: int


def topic(name: str) -> Topic:
    """A topic that FastStream does not make: it would have one partition, and master data would be uncompacted."""
    return Topic(name, declare=False)


class Broker(KafkaBroker):
    """Starts its subscribers side by side: joining a group takes seconds, and a service listens to several topics."""

    settings: Settings
    waits: Waits
    hears: dict[str, list[type[Event]]]
    """The events bound to it, by consumer group; its AsyncAPI document is made from them."""
    copying: set[str]
    """The services whose copy of master data reads the whole of its topic."""
    _patience: dict[str, Patience]
    _dead: dict[str, DeadLetters]
    _progress: Progress

    async def start(self) -> None:
        """Return when every subscriber has joined its group."""
        await self.connect()
        await asyncio.gather(*(subscriber.start() for subscriber in self.subscribers))
        self.running = True

    async def stop(self, *args: object) -> None:
        """Stop the subscribers, then the way to the dead letters."""
        await super().stop(*args)  # type: ignore[arg-type]
        for one in self._dead.values():
            await one.close()

    def timing(self) -> Timing:
        """After a session without a heartbeat a consumer is taken for dead; so long may a fetch wait that finds nothing."""
        return {
            "session_timeout_ms": self.settings.kafka_session_ms,
            "heartbeat_interval_ms": self.settings.kafka_session_ms // 4,
            "fetch_max_wait_ms": self.settings.kafka_fetch_wait_ms,
        }

    def patience(self, service: str, group: str) -> Patience:
        """How the service's consumer group treats what fails."""
        if group not in self._patience:
            dead = self._dead.setdefault(service, DeadLetters(self.settings, service))
            self._patience[group] = Patience(group, dead, self.waits)
            metrics.waiting_seconds.labels(service, group).set_function(lambda: self._longest_of(group))
        return self._patience[group]

    def waiting(self) -> list[Waiting]:
        """Every partition that waits, the longest wait first."""
        found = [one for patience in self._patience.values() for one in patience.waiting()]
        return sorted(found, key=lambda one: one.since)

    async def stalled(self) -> list[str]:
        """Every partition where nothing is acknowledged although there is something to read, and nobody knows why."""
        known = {(one.group, one.topic, one.partition) for one in self.waiting()}
        consumers = [
            (one.group_id or "", one.consumer)
            for one in self.subscribers
            if isinstance(one, LogicSubscriber) and one.consumer is not None
        ]
        found = await self._progress.stalled(consumers, STALLED_SECONDS)
        return [one.place for one in found if (one.group, one.partition.topic, one.partition.partition) not in known]

    def _longest_of(self, group: str) -> float:
        return max((one.seconds for one in self._patience[group].waiting()), default=0.0)


def broker(settings: Settings, service: str) -> Broker:
    """A broker, not connected yet."""
    made = Broker(
        settings.kafka,
        client_id=service,
        logger=logging.getLogger("kinerja.bus"),
        graceful_timeout=10,
        security=kafka_access.security(settings),
    )
    made.settings = settings
    made.waits = Waits(not_ready=settings.kafka_not_ready_seconds)
    made.hears, made.copying = {}, set()
    made._patience, made._dead, made._progress = {}, {}, Progress()  # noqa: SLF001 - FastStream's own constructor has 60 parameters to repeat
    return made
