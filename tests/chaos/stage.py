"""Three workers of notify beside Kafka, PostgreSQL and Temporal, each of which can be killed, added or taken away.

What plans tells comes from a server of its own: it goes on telling while the database of notify is away.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from kinerja.stack import probes
from kinerja.stack.existing.named import Existing
from kinerja.stack.kafka import ApacheKafka
from kinerja.stack.ports import choose
from kinerja.stack.postgres import Postgres, database_of, roles
from kinerja.stack.processes import Child
from kinerja.stack.stack import LocalStack
from kit import migrate
from kit.relay import Relay
from kit.settings import Settings
from tests.support.apache_kafka import SESSION_MS

SERVICE = "notify"
ELSEWHERE = "plans"
CALLED = frozenset({"KINERJA_SMTP_PORT"})
"""What a worker calls; on all others it listens."""
WORKERS = 3
TAKEN_OVER_SECONDS = SESSION_MS / 1000 + 2
"""After so long the others have the partitions of a worker that was killed."""


@dataclass(frozen=True)
class Outages:
    """How long each engine is away, in seconds."""

    kafka: float
    postgres: float
    temporal: float


SHORT = Outages(kafka=12, postgres=15, temporal=20)
"""Each longer than any retry that gives up would last."""
LONG = Outages(kafka=60, postgres=120, temporal=300)


@dataclass
class Stage:
    """What runs, by name."""

    stack: LocalStack
    node: ApacheKafka
    elsewhere: Postgres
    """Where plans is."""
    added: list[Child] = field(default_factory=list)

    @property
    def postgres(self) -> Postgres:
        """The stack's own."""
        assert isinstance(self.stack.postgres, Postgres)
        return self.stack.postgres

    @property
    def workers(self) -> list[Child]:
        """Those of notify."""
        return [self.stack.processes[f"{SERVICE}-worker"], *self.added]

    @property
    def ours(self) -> list[Child]:
        """Every process of Kinerja that an outage of an engine must not end."""
        return [*self.workers, self.stack.processes["workflows"]]

    async def add_worker(self) -> None:
        """One more, with ports of its own; returns when it has joined the others."""
        first = self.stack.processes[f"{SERVICE}-worker"].program
        name = f"{first.name}-{len(self.workers) + 1}"
        variables = [one for one in first.environment if one.endswith("_PORT") and one not in CALLED]
        ports = choose(variables, {})
        own = {one: str(port) for one, port in ports.items()}
        program = replace(
            first,
            name=name,
            log=first.log.with_name(f"{name}.log"),
            environment=dict(first.environment) | own,
            ready=lambda: probes.answers(ports["KINERJA_HTTP_PORT"], "/health/ready"),
        )
        self.added.append(Child(program))
        await self.added[-1].start()

    async def kill_each_worker_in_turn(self) -> None:
        """With -9; so the one that leads the relay dies as well. One is not started again, and another one is added."""
        for number, worker in enumerate(self.workers):
            await worker.kill()
            await asyncio.sleep(TAKEN_OVER_SECONDS)
            await (self.add_worker() if number == 0 else worker.start())

    async def without_kafka(self, seconds: float) -> None:
        """Killed, and started again on its data."""
        await self.node.child.kill()
        await asyncio.sleep(seconds)
        await self.node.child.start()

    async def without_postgres(self, seconds: float) -> None:
        """Shut down as for maintenance: every connection is cut, every new one refused."""
        await self.postgres.child.stop()
        await asyncio.sleep(seconds)
        await self.postgres.child.start()

    async def without_temporal(self, seconds: float) -> None:
        """Killed, and started again on its data."""
        await self.stack.processes["temporal"].kill()
        await asyncio.sleep(seconds)
        await self.stack.processes["temporal"].start()


@asynccontextmanager
async def staged(directory: Path, node: ApacheKafka) -> AsyncIterator[Stage]:
    """The stage with its workers, ready; nothing of it runs afterwards."""
    existing = Existing(kafka=node.address, session_ms=SESSION_MS)
    state = directory / "state"
    async with (
        Postgres(directory / "elsewhere", services=(ELSEWHERE,), durable=False) as elsewhere,
        LocalStack(state, services=(SERVICE,), durable=False, fetch_wait_ms=200, existing=existing) as stack,
        _told_elsewhere(elsewhere, node),
    ):
        stage = Stage(stack, node, elsewhere)
        try:
            while len(stage.workers) < WORKERS:
                await stage.add_worker()
            yield stage
        finally:
            await asyncio.gather(*(child.stop() for child in stage.added))


@asynccontextmanager
async def _told_elsewhere(server: Postgres, node: ApacheKafka) -> AsyncIterator[None]:
    """The tables of plans, and its relay."""
    database, (owner, _, role) = database_of(ELSEWHERE), roles(ELSEWHERE)
    await asyncio.to_thread(migrate.upgrade, ELSEWHERE, server.sqlalchemy_uri(database, owner))
    settings = Settings(environment="test", relay_database_url=server.uri(database, role), kafka=node.address)
    relay = asyncio.create_task(Relay(ELSEWHERE, settings).run())
    try:
        yield
        assert not relay.done()
    finally:
        relay.cancel()
        await asyncio.wait([relay])


async def until(true: Callable[[], Awaitable[bool]], *, seconds: float) -> bool:
    """Whether it became true in time; other processes' tables tell nobody when they change."""
    try:
        async with asyncio.timeout(seconds):
            while not await true():  # noqa: ASYNC110
                await asyncio.sleep(1)
    except TimeoutError:
        return False
    return True
