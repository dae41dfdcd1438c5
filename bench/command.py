"""One command over HTTP, with all that makes it a command, against a bare two-insert handler in a process of its own."""

import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median
from uuid import UUID

import asyncpg

from bench import bare, load, room
from bench.figures import Budget, Figure
from bench.people import CITY, begin_cycle, settle
from contracts.base import Phase
from kinerja.stack import issuer, probes
from kinerja.stack.migrate import ROOT
from kinerja.stack.ports import HOST, choose
from kinerja.stack.postgres import Postgres, database_of, roles
from kinerja.stack.processes import Child, Program
from kinerja.stack.state import State
from services.feedback.commands.phases import open_phase

SERVICE = "feedback"
ROUNDS = 3
CONNECTIONS = 16
_WARM = 200


async def measure(say: room.Say, *, quick: bool) -> list[Figure]:
    """Requests a second and the slowest hundredth."""
    count = 300 if quick else 3_000
    async with (
        room.directory() as place,
        room.postgres() as server,
        room.opened(server, SERVICE) as database,
        room.superuser(server, SERVICE) as connection,
    ):
        people = _WARM + count * ROUNDS
        say(f"http: {people:,} members who have not read the standard")
        await settle(connection, people)
        cycle_id = await begin_cycle(database, connection)
        async with database.transaction(CITY) as session:
            await open_phase(session, cycle_id, Phase.PREPARATION)
        await connection.execute("truncate outbox")  # the opening's events; nobody relays here
        members = [row["id"] for row in await connection.fetch("select id from directory_people order by id")]
        ours, plain = await _rounds(server, State(place / "state"), cycle_id, members, count, say)
    return _figures(ours, plain)


def _figures(ours: Sequence[load.Outcome], plain: Sequence[load.Outcome]) -> list[Figure]:
    handler = "bare FastAPI + asyncpg, two inserts"
    rates, slowest = (lambda one: one.per_second), (lambda one: one.percentile(99))
    return [
        Figure(
            bench="http",
            what=f"command, {CONNECTIONS} connections",
            measured=median(map(rates, ours)),
            unit="/s",
            baseline=median(map(rates, plain)),
            against=handler,
            budget=Budget(limit=0.8, kind="at least", of="ratio"),
        ),
        Figure(
            bench="http",
            what=f"p99 of a command, {CONNECTIONS} connections",
            measured=median(map(slowest, ours)),
            unit="ms",
            baseline=median(map(slowest, plain)),
            against=handler,
        ),
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
    async with _processes(server, state) as ports:
        for number in range(ROUNDS + 1):
            some = slice(0, _WARM) if number == 0 else slice(_WARM + (number - 1) * count, _WARM + number * count)
            for name, all_of_them, port, kept in zip(
                ("bare handler", "command"), (plain, requests), ports, reversed(outcomes), strict=True
            ):
                say(f"http: {name}, round {number} of {ROUNDS}")
                outcome = await load.run(port, all_of_them[some], connections=CONNECTIONS)
                assert set(outcome.statuses) == {201}, outcome.statuses
                if number:
                    kept.append(outcome)
    return outcomes


@asynccontextmanager
async def _processes(server: Postgres, state: State) -> AsyncIterator[tuple[int, int]]:
    """The bare handler and the service's API; their ports."""
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
        yield ports["bench-bare"], ports["bench-api"]
    finally:
        for child in (plain, ours):
            await child.stop()


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
