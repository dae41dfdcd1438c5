"""One command over HTTP, with all that makes it a command, against a bare two-insert handler in a process of its own."""

import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median
from uuid import UUID

import asyncpg
import psutil

from bench import bare, load, room
from bench.figures import Budget, Figure
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
ROUNDS = 3
CONNECTIONS = 16
_WARM = 200


async def measure(say: room.Say, *, quick: bool) -> list[Figure]:
    """Requests a second and the slowest hundredth."""
    count = 200 if quick else 1_000
    async with (
        room.directory() as place,
        room.postgres() as server,
        room.opened(server, SERVICE) as database,
        room.superuser(server, SERVICE) as connection,
    ):
        people = _WARM + count * ROUNDS
        say(f"http: {people:,} members who have not read the standard")
        await populate(connection, people)
        cycle_id = await begin_cycle(database, connection)
        async with database.transaction(CITY) as session:
            await open_phase(session, cycle_id, Phase.PREPARATION)
        await connection.execute("analyze")  # autovacuum does it within a minute of such an opening
        await connection.execute("truncate outbox")  # the opening's events; nobody relays here
        members = [row["id"] for row in await connection.fetch("select id from directory_people order by id")]
        ours, plain = await _rounds(server, State(place / "state"), cycle_id, members, count, say)
    return _figures(ours, plain)


def _figures(ours: Sequence[load.Outcome], plain: Sequence[load.Outcome]) -> list[Figure]:
    handler = "bare FastAPI + asyncpg, two inserts"
    figures: list[tuple[str, str, Callable[[load.Outcome], float], Budget | None]] = [
        ("command", "/s", lambda one: one.per_second, Budget(limit=0.8, kind="at least", of="ratio")),
        ("p99 of a command", "ms", lambda one: one.percentile(99), None),
        ("processor time of the answering process, one command", "ms", lambda one: one.cpu, None),
    ]
    return [
        Figure(
            bench="http",
            what=f"{what}, {CONNECTIONS} connections",
            measured=median(map(value, ours)),
            unit=unit,
            baseline=median(map(value, plain)),
            against=handler,
            budget=budget,
        )
        for what, unit, value, budget in figures
    ]


async def _rounds(
    server: Postgres, state: State, cycle_id: UUID, members: Sequence[UUID], count: int, say: room.Say
) -> tuple[list[load.Outcome], list[load.Outcome]]:
    """Turn by turn; each member acknowledges once, as the rules want it."""
    say("http: starting both processes, making tokens")
    state.prepare()
    issuer.ensure(state)
    tokens = [("Authorization", f"Bearer {issuer.mint(state, sub=one, city=CITY)}") for one in members]
    path = f"/v1/cycles/{cycle_id}/acknowledgement"
    requests = [load.post(path, [token]) for token in tokens]
    plain = [load.post(path, [token, ("X-Person", str(one))]) for one, token in zip(members, tokens, strict=True)]
    outcomes: tuple[list[load.Outcome], list[load.Outcome]] = ([], [])
    async with _processes(server, state) as children:
        for number in range(ROUNDS + 1):
            some = slice(0, _WARM) if number == 0 else slice(_WARM + (number - 1) * count, _WARM + number * count)
            for name, all_of_them, (port, child), kept in zip(
                ("bare handler", "command"), (plain, requests), children, reversed(outcomes), strict=True
            ):
                say(f"http: {name}, round {number} of {ROUNDS}")
                before = _cpu(child)
                outcome = await load.run(port, all_of_them[some], connections=CONNECTIONS)
                outcome.server_cpu = _cpu(child) - before
                assert set(outcome.statuses) == {201}, outcome.statuses
                if number:
                    kept.append(outcome)
    return outcomes


@asynccontextmanager
async def _processes(server: Postgres, state: State) -> AsyncIterator[list[tuple[int, Child]]]:
    """The bare handler and the service's API with their ports."""
    ports = choose(["bench-bare", "bench-api"], {})
    await server.provision("bare", "bench_bare")
    connection = await asyncpg.connect(server.uri("bench_bare"))
    await connection.execute(bare.TABLES)
    await connection.close()
    plain = _child(
        "bench-bare", ports, state.log, ("bench.bare", str(ports["bench-bare"]), server.uri("bench_bare")), {}
    )
    ours = _child(
        "bench-api", ports, state.log, (f"services.{SERVICE}", "api"), _settings(server, state, ports["bench-api"])
    )
    try:
        for child in (plain, ours):
            await child.start()
        yield [(ports["bench-bare"], plain), (ports["bench-api"], ours)]
    finally:
        for child in (plain, ours):
            await child.stop()


def _cpu(child: Child) -> float:
    """Seconds of processor time so far."""
    assert child.pid is not None
    times = psutil.Process(child.pid).cpu_times()
    return times.user + times.system


def _settings(server: Postgres, state: State, port: int) -> dict[str, str]:
    settings = {
        "ENVIRONMENT": "local",
        "DATABASE_URL": server.sqlalchemy_uri(database_of(SERVICE), roles(SERVICE)[1]),
        "OIDC_ISSUER": issuer.ISSUER,
        "OIDC_AUDIENCE": issuer.AUDIENCE,
        "OIDC_JWKS": str(state.jwks),
        "HTTP_HOST": HOST,
        "HTTP_PORT": str(port),
    }
    return {f"KINERJA_{name}": value for name, value in settings.items()}


def _child(name: str, ports: dict[str, int], log: Path, words: Sequence[str], environment: dict[str, str]) -> Child:
    return Child(
        Program(
            name=name,
            command=(sys.executable, "-m", *words),
            environment=environment,
            directory=ROOT,
            log=log / f"{name}.log",
            ready=lambda: probes.answers(ports[name], "/health/ready"),
        )
    )
