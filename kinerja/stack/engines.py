"""The engines of one stack, each started here or there already: PostgreSQL, Temporal, a broker, a mail sink."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from kinerja.stack.broker import broker
from kinerja.stack.existing import agreement
from kinerja.stack.existing import kafka as existing_kafka
from kinerja.stack.existing import temporal as existing_temporal
from kinerja.stack.existing.named import Existing
from kinerja.stack.existing.postgres import ExistingPostgres
from kinerja.stack.mail import mail
from kinerja.stack.ports import HOST
from kinerja.stack.postgres import Postgres
from kinerja.stack.processes import Changed, Child
from kinerja.stack.state import State
from kinerja.stack.temporal import temporal
from kit.topics import topics

PORTS = {"temporal": ("temporal", "temporal-ui"), "kafka": ("broker",)}


def database_server(
    state: State, existing: Existing, services: Sequence[str], *, durable: bool = True, changed: Changed
) -> Postgres | ExistingPostgres:
    """The PostgreSQL of a stack, not started yet."""
    if existing.postgres:
        return ExistingPostgres(existing.postgres, state, services=services)
    log = state.log / "postgres.log"
    return Postgres(state.postgres, log=log, services=services, durable=durable, changed=changed)


def port_names(existing: Existing) -> list[str]:
    """Those that engines which are started here listen on."""
    there = existing.shown()
    return [port for engine, ports in PORTS.items() if engine not in there for port in ports] + ["mail"]


class Engines:
    """Everything but PostgreSQL, which the tables need first."""

    def __init__(
        self, state: State, ports: Mapping[str, int], existing: Existing, services: Sequence[str], *, changed: Changed
    ) -> None:
        self._existing = existing
        self._services = services
        # All of them, also for a few services: each listens to others, and refuses to start without their topics.
        self._topics = topics() if services else topics(())
        self.kafka = existing.kafka or f"{HOST}:{ports['broker']}"
        self.temporal = existing.temporal_address or f"{HOST}:{ports['temporal']}"
        self.children: dict[str, Child] = {}
        if not existing.temporal:
            self.children["temporal"] = temporal(
                port=ports["temporal"],
                ui_port=ports["temporal-ui"],
                database=state.temporal,
                log=state.log / "temporal.log",
                changed=changed,
            )
        if not existing.kafka:
            log = state.log / "broker.log"
            self.children["broker"] = broker(port=ports["broker"], log=log, make=self._topics, changed=changed)
        self.children["mail"] = mail(
            port=ports["mail"], directory=state.mail, log=state.log / "mail.log", changed=changed
        )

    def start(self, group: asyncio.TaskGroup) -> list[asyncio.Task[None]]:
        """A task each: what is ours is started, what is there gets what it lacks."""
        tasks = [group.create_task(child.start()) for child in self.children.values()]
        if self._existing.kafka:
            tasks.append(group.create_task(existing_kafka.prepare(self.kafka, self._topics)))
        if self._existing.temporal:
            namespace = self._existing.temporal_namespace
            tasks.append(group.create_task(existing_temporal.prepare(self.temporal, namespace)))
        return tasks

    async def agree(
        self, postgres: Postgres | ExistingPostgres, now: Callable[[], datetime], say: Callable[[str], None]
    ) -> None:
        """Raises StackError if what exists already is another stack's; our own engines share one directory."""
        if not self._existing or not self._services:
            return
        temporal = (self.temporal, self._existing.temporal_namespace)
        advice = await agreement.check(
            postgres, kafka=self.kafka, temporal=temporal, services=self._services, now=now()
        )
        if advice:
            say(advice)
