"""What people notice while somebody sends slow, huge and invented requests, or while the issuer answers nothing."""

import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import jwt
import psutil

from bench import load, room
from bench.figures import Budget, Figure
from bench.flood import HUGE, INVENTED, KINDS, SLOW
from bench.people import CITY, begin_cycle, populate
from contracts.base import Phase
from kinerja.stack import issuer, probes
from kinerja.stack.migrate import ROOT
from kinerja.stack.ports import HOST, choose
from kinerja.stack.postgres import Postgres, database_of, roles
from kinerja.stack.processes import Child, Program
from kinerja.stack.state import State
from services.feedback.cycles.commands.phases import open_phase

SERVICE = "feedback"
ATTACKERS = 100
"""People whose tokens verify, and who do not behave."""
RATE = 20.0
"""Requests a second of honest people, and questions whether the process lives."""
SECONDS = 12.0
WHAT = {
    "slow": f"{SLOW} dribble headers and bodies",
    "huge": f"{HUGE} bodies of 200 MB",
    "invented": f"{INVENTED:,} invented methods",
    "unknown": "the issuer is frozen, tokens name unknown keys",
}
_MEGABYTE = 1024 * 1024
_LONGEST = 300.0
"""Seconds that the invented methods may take."""


@dataclass
class Seen:
    """What honest people and the watch of the process saw in some seconds."""

    live: list[float] = field(default_factory=list)
    honest: list[float] = field(default_factory=list)
    dead: int = 0
    failed: int = 0
    memory: float = 0.0
    """Megabytes at the worst moment."""
    shown: int = 0
    """Bytes of metrics afterwards."""


async def measure(say: room.Say, *, quick: bool) -> list[Figure]:
    """A quiet while, then one attack after the other against the same process."""
    seconds = 4.0 if quick else SECONDS
    async with (
        room.directory() as place,
        room.postgres() as server,
        room.opened(server, SERVICE) as database,
        room.superuser(server, SERVICE) as connection,
    ):
        say("door: people of a city, and their tokens")
        await populate(connection, 200 + ATTACKERS + round((len(KINDS) + 1) * 3 * seconds * RATE))
        cycle_id = await begin_cycle(database, connection)
        async with database.transaction(CITY) as session:
            await open_phase(session, cycle_id, Phase.PREPARATION)
        await connection.execute("analyze")
        people = [row["id"] for row in await connection.fetch("select id from directory_people order by id")]
        state = State(place / "state")
        state.prepare()
        issuer.ensure(state)
        async with _issuer(state) as frozen, _process(server, state, frozen.port) as (ports, child):
            honest = _acknowledgements(state, cycle_id, people[ATTACKERS:])
            scene = _Scene(ports, child, honest)
            await scene.quiet(3)  # what is made at the first request is no part of any figure
            say("door: nobody attacks")
            baseline, figures = await scene.quiet(seconds), list[Figure]()
            for kind in KINDS:
                say(f"door: {WHAT[kind]}")
                if kind == "unknown":
                    frozen.is_frozen = True
                seen, outcome = await scene.attacked(kind, _tokens(state, people[:ATTACKERS], kind), seconds)
                figures += _figures(kind, seen, baseline, outcome)
    return figures


def _figures(kind: str, seen: Seen, baseline: Seen, outcome: str) -> list[Figure]:
    while_ = f"while {WHAT[kind]}"
    figures = [
        ("/health/live, the slowest", "ms", max(seen.live) * 1000, max(baseline.live) * 1000, 500.0),
        ("/health/live not answered, and honest people not served", "", _unserved(seen), _unserved(baseline), 0.0),
        ("p95 of honest people", "ms", _p95(seen.honest), _p95(baseline.honest), None),
        (f"memory at its worst; it answered {outcome}", "MB", seen.memory, baseline.memory, 250.0),
        ("size of the metrics", "kB", seen.shown / 1000, baseline.shown / 1000, None),
    ]
    return [
        Figure(
            bench="door",
            what=f"{what}, {while_}",
            measured=measured,
            unit=unit,
            baseline=before,
            against="the same while nobody attacks",
            budget=None if limit is None else Budget(limit=limit, kind="at most"),
        )
        for what, unit, measured, before, limit in figures
    ]


def _unserved(seen: Seen) -> float:
    return float(seen.dead + seen.failed)


def _p95(seconds: Sequence[float]) -> float:
    return sorted(seconds)[int(len(seconds) * 0.95)] * 1000


class _Scene:
    """The process that is attacked, honest people who use it, and who looks after it."""

    def __init__(self, ports: dict[str, int], child: Child, honest: Iterator[bytes]) -> None:
        assert child.pid is not None
        self._port, self._metrics = ports["bench-api"], ports["bench-metrics"]
        self._process = psutil.Process(child.pid)
        self._honest = honest

    async def quiet(self, seconds: float) -> Seen:
        """What is seen while nobody attacks."""
        return await self._watched(asyncio.sleep(seconds))

    async def attacked(self, kind: str, tokens: Sequence[str], seconds: float) -> tuple[Seen, str]:
        """What is seen meanwhile, and what the attackers got."""
        command = (sys.executable, "-m", "bench.flood", kind, str(self._port), str(seconds))
        flood = await asyncio.create_subprocess_exec(
            *command, cwd=ROOT, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
        )
        flooding = asyncio.create_task(flood.communicate(json.dumps(tokens).encode()))
        try:
            seen = await self._watched(asyncio.wait([flooding], timeout=_LONGEST))
        finally:
            if flood.returncode is None:
                flood.kill()
        output, _ = await flooding
        outcome = json.loads(output or b"{}")
        return seen, ", ".join(f"{what}: {count:,}" for what, count in sorted(outcome.items()))

    async def _watched(self, meanwhile: Awaitable[object]) -> Seen:
        seen = Seen()
        watching = [asyncio.create_task(one) for one in (self._live(seen), self._people(seen), self._weigh(seen))]
        try:
            await meanwhile
        finally:
            for one in watching:
                one.cancel()
            await asyncio.gather(*watching, return_exceptions=True)
        seen.shown = await _size(self._metrics)
        return seen

    async def _live(self, seen: Seen) -> None:
        while True:
            with _timed(seen.live):
                seen.dead += await _asked(self._port, load.request("GET", "/health/live", [])) != 200
            await asyncio.sleep(1 / RATE)

    async def _people(self, seen: Seen) -> None:
        for request in self._honest:
            with _timed(seen.honest):
                seen.failed += await _asked(self._port, request) != 201
            await asyncio.sleep(1 / RATE)

    async def _weigh(self, seen: Seen) -> None:
        while True:
            seen.memory = max(seen.memory, self._process.memory_info().rss / _MEGABYTE)
            await asyncio.sleep(0.1)


@contextmanager
def _timed(kept: list[float]) -> Iterator[None]:
    """Keep the seconds it took, also of what nobody has answered yet when the time is over."""
    began = time.perf_counter()
    try:
        yield
    finally:
        kept.append(time.perf_counter() - began)


async def _asked(port: int, request: bytes) -> int:
    """The status over a connection of its own; 0 if there is no answer within a minute."""
    try:
        async with asyncio.timeout(60):
            reader, writer = await asyncio.open_connection(HOST, port)
            try:
                writer.write(request)
                return int((await reader.readuntil(b"\r\n")).split()[1])
            finally:
                writer.close()
    except (OSError, TimeoutError, asyncio.IncompleteReadError):
        return 0


async def _size(port: int) -> int:
    """Bytes that the metrics have; 0 if nobody shows them."""
    try:
        async with asyncio.timeout(60):
            reader, writer = await asyncio.open_connection(HOST, port)
            writer.write(load.request("GET", "/metrics", [("Connection", "close")]))
            size = len(await reader.read())
            writer.close()
            return size
    except (OSError, TimeoutError):
        return 0


def _acknowledgements(state: State, cycle_id: UUID, people: Sequence[UUID]) -> Iterator[bytes]:
    """Each by another member, as the rules want it."""
    path = f"/v1/cycles/{cycle_id}/acknowledgement"
    for one in people:
        yield load.post(path, [("Authorization", f"Bearer {issuer.mint(state, sub=one, city=CITY)}")])


def _tokens(state: State, people: Sequence[UUID], kind: str) -> list[str]:
    """Good ones, or such as name a key that nobody has published."""
    good = [issuer.mint(state, sub=one, city=CITY) for one in people]
    if kind != "unknown":
        return good
    claims = {"sub": str(people[0]), "iss": issuer.ISSUER, "aud": issuer.AUDIENCE}
    return [jwt.encode(claims, bytes(32), headers={"kid": f"unknown-{number}"}) for number in range(1_000)]


@dataclass
class _Frozen:
    """An issuer that publishes its keys until it freezes: then it takes connections and says nothing."""

    port: int = 0
    is_frozen: bool = False
    keys: bytes = b""

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """The keys, or nothing for as long as the other side waits."""
        await reader.readuntil(b"\r\n\r\n")
        if self.is_frozen:
            await reader.read()
        else:
            head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(self.keys)}\r\n"
            writer.write(f"{head}Connection: close\r\n\r\n".encode() + self.keys)
        writer.close()


@asynccontextmanager
async def _issuer(state: State) -> AsyncIterator[_Frozen]:
    frozen = _Frozen(keys=state.jwks.read_bytes())
    server = await asyncio.start_server(frozen.answer, HOST, 0)
    frozen.port = server.sockets[0].getsockname()[1]
    try:
        yield frozen
    finally:
        server.close()


@asynccontextmanager
async def _process(server: Postgres, state: State, keys: int) -> AsyncIterator[tuple[dict[str, int], Child]]:
    """The service's API as it runs in production."""
    ports = choose(["bench-api", "bench-metrics"], {})
    settings = {
        "ENVIRONMENT": "local",
        "DATABASE_URL": server.sqlalchemy_uri(database_of(SERVICE), roles(SERVICE)[1]),
        "OIDC_ISSUER": issuer.ISSUER,
        "OIDC_AUDIENCE": issuer.AUDIENCE,
        "OIDC_JWKS": f"http://{HOST}:{keys}/keys",
        "HTTP_HOST": HOST,
        "HTTP_PORT": str(ports["bench-api"]),
        "METRICS_HOST": HOST,
        "METRICS_PORT": str(ports["bench-metrics"]),
    }
    child = _child(state.log, ports["bench-api"], {f"KINERJA_{name}": value for name, value in settings.items()})
    await child.start()
    try:
        yield ports, child
    finally:
        await child.stop()


def _child(log: Path, port: int, environment: dict[str, str]) -> Child:
    return Child(
        Program(
            name="bench-api",
            command=(sys.executable, "-m", f"services.{SERVICE}", "api"),
            environment=environment,
            directory=ROOT,
            log=log / "bench-api.log",
            ready=lambda: probes.answers(port, "/health/ready"),
        )
    )
