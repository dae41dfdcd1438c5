"""Everything is read and nothing changes while it is on, on the real engines; afterwards what waited goes on, once."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition

from kinerja.officer import token_of
from kinerja.operations import read_only
from kinerja.stack.errors import StackError
from kinerja.stack.migrate import ROOT
from kinerja.stack.postgres import database_of
from kinerja.stack.stack import LocalStack
from kit.worker import WAITING_SECONDS
from tests.operations.terminal import Terminal
from tests.portal.tasks import OPERATIONS
from tests.support.databases import Databases

pytestmark = [pytest.mark.connected, pytest.mark.slow, pytest.mark.timeout(300)]
SERVICES = ("registry", "plans", "evaluation", "feedback")
CITY = "14.72"
CYCLE = {"scope": CITY, "period_start": "2026-10-01", "months": 3}
ANOTHER = {"scope": CITY, "period_start": "2027-01-01", "months": 3}
OPENED, PHASE = "id.kinerja.evaluation.cycle-opened.v1", "id.kinerja.evaluation.phase-opened.v1"


@pytest.fixture
async def stack(tmp_path: Path) -> AsyncIterator[LocalStack]:
    async with LocalStack(tmp_path / "state", services=SERVICES, durable=False) as made:
        await Terminal(made.state.root).run("import", f"{ROOT}/deploy/cities/dumai")
        yield made


@pytest.fixture
async def office(stack: LocalStack) -> AsyncIterator[httpx.AsyncClient]:
    """The performance office at the door of evaluation."""
    running = stack.state.read_running()
    assert running is not None
    token = await asyncio.to_thread(token_of, stack.state, running, CITY)
    headers = {"Authorization": f"Bearer {token}", "Accept-Language": "en"}
    async with httpx.AsyncClient(base_url=running.urls["evaluation"], headers=headers, timeout=60) as asking:
        yield asking


async def test_read_only_is_one_command_and_changes_nothing_until_it_ends(
    stack: LocalStack, office: httpx.AsyncClient
) -> None:
    await stack.stop_process("evaluation-worker")  # so that what is written now waits to be sent
    await _open_a_cycle(office)

    at = Terminal(stack.state.root)
    said = await at.run("operations", "read-only", "on", "--reason", "Pemulihan salinan")
    at.within(OPERATIONS, "read only")
    assert said.count("refused") == len(SERVICES)
    assert "Pemulihan salinan" in said

    before = await _written(stack)
    await stack.start_process("evaluation-worker")
    assert (await office.get("/v1/cycles")).json()["items"][0]["period_start"] == CYCLE["period_start"]
    refused = await office.post("/v1/cycles", json=ANOTHER, headers={"Idempotency-Key": "another"})
    assert (refused.status_code, refused.json()["type"]) == (503, "https://kinerja.id/problems/read-only")
    assert refused.headers["Retry-After"] == "60"
    assert (await office.get("/health/ready")).json() == {"status": "ready", "changes": "refused"}
    waiting = await _waits(stack, "plans")
    assert "takes no changes" in waiting[0]["reason"]
    assert await _sent(stack) == {OPENED: 1}, "what was written is sent, and nothing follows from it"
    assert await _written(stack) == before
    assert await _set_aside(stack) == 0

    assert (await at.run("operations", "read-only", "off")).count("taken") == len(SERVICES)
    answers = [await office.post("/v1/cycles", json=ANOTHER, headers={"Idempotency-Key": "another"}) for _ in range(2)]
    assert [one.status_code for one in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    await _until_a_phase_is_open(stack)
    sent = await _sent(stack)
    assert sent[OPENED] == 2
    assert await _opened_twice(stack) == 0
    assert await _copied(stack) == 2
    assert await _set_aside(stack) == 0
    assert "read-only is off" in await at.run("operations", "read-only")
    running = stack.state.read_running()
    assert running is not None
    assert {one.name: (one.state, one.restarts) for one in running.processes if one.restarts} == {}


async def _open_a_cycle(office: httpx.AsyncClient) -> None:
    for _ in range(60):  # until evaluation has copied the policy and the people of the import
        if (answer := await office.post("/v1/cycles", json=CYCLE)).is_success:
            return
        await asyncio.sleep(1)
    pytest.fail(answer.text)


async def _ask(stack: LocalStack, service: str, question: str) -> list[Any]:
    connection = await asyncpg.connect(stack.postgres.uri(database_of(service)))
    try:
        return list(await connection.fetch(question))
    finally:
        await connection.close()


async def _written(stack: LocalStack) -> Mapping[str, Any]:
    """How often consumers have claimed an event, and how much was ever told, sent or not."""
    question = "select (select count(*) from inbox) + (select count(*) from outbox) + (select count(*) from journal)"
    return {one: (await _ask(stack, one, question))[0][0] for one in SERVICES}


async def _sent(stack: LocalStack) -> dict[str, int]:
    rows = await _ask(
        stack,
        "evaluation",
        "select type, count(*) from journal where type like '%.cycle-%' or type like '%.phase-%' group by type",
    )
    return {row["type"]: row["count"] for row in rows}


async def _copied(stack: LocalStack) -> int:
    return int((await _ask(stack, "plans", "select count(*) from directory_cycles"))[0][0])


async def _waits(stack: LocalStack, service: str) -> list[dict[str, Any]]:
    """For what the service's worker says to wait, as soon as it does."""
    async with httpx.AsyncClient(timeout=30) as asking, asyncio.timeout(WAITING_SECONDS + 60):
        while True:
            answer = await asking.get(f"http://127.0.0.1:{stack.ports[f'{service}-worker']}/health/ready")
            if waiting := answer.json().get("waiting"):
                assert answer.status_code == 503
                return list(waiting)
            await asyncio.sleep(0.5)


async def _until_a_phase_is_open(stack: LocalStack) -> None:
    """What the workflow of the first cycle asks for, and what both cycles lead to in another service."""
    async with asyncio.timeout(150):
        while not (await _sent(stack)).get(PHASE) or await _copied(stack) < 2:  # noqa: ASYNC110 - asks a database
            await asyncio.sleep(0.5)


async def _opened_twice(stack: LocalStack) -> int:
    phases = "count(distinct (body::jsonb ->> 'cycle_id', body::jsonb ->> 'phase'))"
    question = f"select count(*) - {phases} from journal where type = '{PHASE}'"  # noqa: S608 - constants
    return int((await _ask(stack, "evaluation", question))[0][0])


async def _set_aside(stack: LocalStack) -> int:
    """Dead letters of all services."""
    consumer: Any = AIOKafkaConsumer(bootstrap_servers=stack.kafka)
    await consumer.start()
    try:
        dead = [TopicPartition(f"{one}.dead", 0) for one in SERVICES]
        return sum((await consumer.end_offsets(dead)).values())
    finally:
        await consumer.stop()


@pytest.fixture
async def keeper(databases: Databases) -> AsyncIterator[asyncpg.Connection]:
    """Who has made the roles of two services, and is no superuser."""
    names = [databases.bare(one, database_of(one)) for one in ("registry", "plans")]
    first = await asyncpg.connect(databases.postgres.uri())
    await first.execute("create role keeper login createrole; create role stranger login createrole")
    await first.execute(
        "grant registry_app, plans_app to keeper with admin true, inherit false, set false;"
        "comment on role plans_app is 'of the plans'"
    )
    connection = await asyncpg.connect(databases.postgres.uri(role="keeper"))
    yield connection
    await connection.close()
    await first.execute("drop owned by keeper; drop role keeper, stranger; comment on role plans_app is null")
    await first.close()
    for name in names:
        databases.drop(name)


async def test_whoever_made_the_roles_switches_all_services_or_none(
    databases: Databases, keeper: asyncpg.Connection
) -> None:
    app = databases.postgres.uri(database_of("plans"), "plans_app")
    idle, busy = await asyncpg.connect(app), await asyncpg.connect(app)
    await busy.execute("begin")
    renewed = await read_only.switch_on(keeper, "a\ncopy", patience=0)
    assert (renewed.ended, renewed.broken_off) == (2, 1)
    assert idle.is_closed() or await _is_gone(idle)
    assert await _is_gone(busy)
    assert await _reads_only(app)
    found = await read_only.standing(keeper)
    assert [(one.service, one.reason, one.from_before) for one in found] == [
        ("registry", "a copy", 0),
        ("plans", "a copy", 0),
    ]
    assert all(one.is_read_only for one in found)
    await read_only.switch_on(keeper, "another")
    assert [(one.since, one.reason) for one in await read_only.standing(keeper)] == [
        (one.since, "another") for one in found
    ]
    await read_only.switch_off(keeper)
    assert not await _reads_only(app)
    assert not any(one.is_read_only for one in await read_only.standing(keeper))
    assert await keeper.fetchval("select shobj_description('plans_app'::regrole, 'pg_authid')") == "of the plans"


async def test_who_may_not_is_told_so_and_nothing_is_changed(databases: Databases, keeper: asyncpg.Connection) -> None:
    stranger = await asyncpg.connect(databases.postgres.uri(role="stranger"))
    with pytest.raises(StackError, match="nothing was changed"):
        await read_only.switch_on(stranger, "a copy")
    with pytest.raises(StackError, match="say why"):
        await read_only.switch_on(keeper, " ")
    assert not any(one.is_read_only for one in await read_only.standing(stranger))
    await stranger.close()


async def _is_gone(connection: asyncpg.Connection) -> bool:
    with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError, OSError)):
        await connection.fetchval("select 1")
    return True


async def _reads_only(url: str) -> bool:
    connection = await asyncpg.connect(url)
    try:
        return bool(await connection.fetchval("select current_setting('transaction_read_only')::boolean"))
    finally:
        await connection.close()
