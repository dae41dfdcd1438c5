"""The whole local stack: engines first, then migrations, then every process; stopped in the opposite order."""

import asyncio
import os
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import UUID

import psutil

from contracts.base import DEPLOYED, PORTAL
from kinerja.secrets import anchor, webhooks
from kinerja.stack import issuer, ports
from kinerja.stack.clockwork import Clockwork
from kinerja.stack.engines import Engines, database_server, port_names
from kinerja.stack.environment import SIGN_IN, Surroundings
from kinerja.stack.errors import StackError
from kinerja.stack.existing.named import Existing, remember, remembered
from kinerja.stack.existing.postgres import ExistingPostgres
from kinerja.stack.migrate import migrate
from kinerja.stack.postgres import Postgres, database_of, roles
from kinerja.stack.processes import Child
from kinerja.stack.state import Running, RunningProcess, State
from kinerja.stack.tempo import HOLD, Tempo

KINDS = ("api", "worker")


class LocalStack:
    """``async with LocalStack(state) as stack``: everything runs inside the block, nothing outside it."""

    def __init__(
        self,
        state: State | Path | None = None,
        *,
        tempo: Tempo | None = None,
        services: Sequence[str] = DEPLOYED,
        engines_only: bool = False,
        hold: float = HOLD,
        durable: bool = True,
        fetch_wait_ms: int = 50,
        existing: Existing | None = None,
        say: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.state = state if isinstance(state, State) else State.find(state)
        self.services = tuple(services)
        self.clock = Clockwork(self.state, tempo, hold=hold)
        self.existing = (existing or Existing()).beside(remembered(self.state))
        self.postgres = database_server(
            self.state, self.existing, self.services, durable=durable, changed=self._changed
        )
        self.processes: dict[str, Child] = {}
        self.ports: dict[str, int] = {}
        self.started = 0.0
        self.started_in = 0.0
        self._engines_only = engines_only
        self._fetch_wait_ms = fetch_wait_ms
        self._say = say
        self._held = ExitStack()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    @property
    def urls(self) -> dict[str, str]:
        """Where people look: each service's API, the workflows' health, Temporal's pages, the issuer's."""
        shown = {name: name.removesuffix("-api") for name in self.ports if name.endswith("-api")}
        shown |= {"workflows": "workflows", "temporal-ui": "temporal", SIGN_IN: SIGN_IN}
        return {key: f"http://{ports.HOST}:{self.ports[name]}" for name, key in shown.items() if name in self.ports}

    @property
    def kafka(self) -> str:
        return self.existing.kafka or f"{ports.HOST}:{self.ports['broker']}"

    @property
    def temporal(self) -> str:
        return self.existing.temporal_address or f"{ports.HOST}:{self.ports['temporal']}"

    def postgres_uri(self, database: str, role: str) -> str:
        """For asyncpg; e.g. ``postgres_uri("kinerja_plans", "plans_app")``."""
        return self.postgres.uri(database, role)

    def mint(self, *, sub: UUID, city: str, roles: Sequence[str] = (), hours: float = 12) -> str:
        """A bearer token for a person of a city."""
        return issuer.mint(self.state, sub=sub, city=city, roles=roles, hours=hours)

    async def start(self) -> None:
        """Everything, ready to be used; if a part fails, what had started is stopped again."""
        self._held.enter_context(self.state.held())
        try:
            self.started = time.time()
            self._end_leftovers()
            self.state.turn_logs()
            issuer.ensure(self.state)
            anchor.ensure(self.state.anchor_key, self.state.anchor_keys)
            webhooks.ensure(self.state.webhook_keys)
            before = self.state.read_running()
            names = [*port_names(self.existing), *self._names(), *map(ports.metrics, self._names())]
            self.ports = ports.choose(names, before.ports if before else {})
            self.clock.start()
            async with self.clock.standing():
                await self._start_all()
            remember(self.state, self.existing)
            self.started_in = time.time() - self.started
            self._write()
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Processes first, so that they finish what they hold; then the engines."""
        ours = [child for name, child in self.processes.items() if name in self._names()]
        engines = [child for child in self.processes.values() if child not in ours]
        await asyncio.gather(*(child.stop() for child in ours))
        await self.clock.stop()
        await asyncio.gather(*(child.stop() for child in engines))
        await self.postgres.stop()
        self._held.close()

    async def stop_process(self, name: str) -> None:
        """Stop one process in an orderly way and leave it stopped."""
        await self.processes[name].stop()

    async def kill_process(self, name: str) -> None:
        """Kill one process as a crash would and leave it dead."""
        await self.processes[name].kill()

    async def start_process(self, name: str) -> None:
        """Start one that was stopped or killed; return when it is ready."""
        await self.processes[name].start()

    def _names(self) -> list[str]:
        """Our own processes, without the engines."""
        if self._engines_only or not self.services:
            return []
        own = [f"{service}-{kind}" for service in self.services for kind in KINDS]
        return [*own, "workflows", *([SIGN_IN] if self._is_asked_for_tokens else [])]

    @property
    def _is_asked_for_tokens(self) -> bool:
        """By people at the portal, or by machines that the registry knows."""
        return PORTAL in self.services or {"registry", "integrations"} <= set(self.services)

    async def _start_all(self) -> None:
        if isinstance(self.postgres, ExistingPostgres):  # what each process is told holds the passwords made here
            await self.postgres.start()
        engines = Engines(self.state, self.ports, self.existing, self.services, changed=self._changed)
        own = {"postgres": self.postgres.child} if isinstance(self.postgres, Postgres) else {}
        self.processes = own | engines.children | self._ours()
        try:
            async with asyncio.TaskGroup() as group:
                tables = group.create_task(self._tables())
                needs = [tables, *engines.start(group)]
                agreed = group.create_task(self._agreed(needs, engines))
                for name in self._names():
                    early = (name.endswith("-api") or name == SIGN_IN) and not self.existing
                    group.create_task(self._start_after([tables] if early else [agreed], self.processes[name]))
        except ExceptionGroup as failures:
            raise _first(failures) from None

    def _ours(self) -> dict[str, Child]:
        around = Surroundings(
            self.state, self.ports, self.postgres, self.clock.setting, self._fetch_wait_ms, self.existing
        )
        programs = [around.sign_in() if name == SIGN_IN else around.program(name) for name in self._names()]
        return {program.name: Child(program, changed=self._changed) for program in programs}

    async def _tables(self) -> None:
        if isinstance(self.postgres, Postgres):
            await self.postgres.start()
        owners = {name: self.postgres.sqlalchemy_uri(database_of(name), roles(name)[0]) for name in self.services}
        await migrate(self.state, owners, ours=not self.existing.postgres)

    async def _agreed(self, needs: Sequence[asyncio.Task[None]], engines: Engines) -> None:
        await asyncio.gather(*needs)
        await engines.agree(self.postgres, self.clock.now, self._say)

    @staticmethod
    async def _start_after(needs: Sequence[asyncio.Task[None]], child: Child) -> None:
        await asyncio.wait(needs)
        if all(not need.cancelled() and need.exception() is None for need in needs):
            await child.start()

    def _end_leftovers(self) -> None:
        """Where the kernel does not tell children of a killed launcher, the next launcher ends them."""
        before = self.state.read_running()
        for process in before.processes if before else []:
            with suppress(psutil.NoSuchProcess):
                found = psutil.Process(process.pid) if process.pid else None
                if found and process.created and abs(found.create_time() - process.created) < 1:
                    found.kill()
                    found.wait(5)

    def _changed(self, name: str, state: str) -> None:
        if state == "restarting":
            self._say(f"{name} ended unexpectedly; starting it again (see {self.state.log / f'{name}.log'})")
        self._write()

    def _write(self) -> None:
        if not self.ports:
            return
        seen = [
            RunningProcess(
                name=name,
                pid=child.pid,
                created=child.created,
                state=child.state,
                restarts=child.restarts,
                url=child.program.url,
            )
            for name, child in self.processes.items()
        ]
        self.state.write_running(
            Running(
                pid=os.getpid(),
                started=self.started,
                ports=self.ports,
                urls=self.urls,
                kafka=self.kafka,
                temporal=self.temporal,
                existing=self.existing.shown(),
                clock=self.clock.setting,
                processes=seen,
            )
        )


def _first(failures: ExceptionGroup[Exception]) -> Exception:
    """The reason a person can act on, if there is one."""
    stack_errors, _ = failures.split(StackError)
    chosen = (stack_errors or failures).exceptions[0]
    return _first(chosen) if isinstance(chosen, ExceptionGroup) else chosen
