"""Everything restarts, one process after the other, while somebody writes and events flow: nothing is lost or doubled."""

import asyncio
import email
import logging
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from email.policy import default
from pathlib import Path
from uuid import uuid4

import asyncpg
import httpx
import pytest

from kinerja.officer import token_of
from kinerja.operations.restart import in_order
from kinerja.stack.migrate import ROOT
from kinerja.stack.postgres import database_of
from kinerja.stack.stack import LocalStack
from kinerja.stack.state import Running
from tests.operations.terminal import Terminal
from tests.portal.tasks import OPERATIONS

log = logging.getLogger(__name__)
pytestmark = [pytest.mark.connected, pytest.mark.slow, pytest.mark.timeout(300)]
CITY = "14.72"
SERVICES = ("registry", "notify")
NOTICES = "select n.subject, n.body, n.person_id, n.event_id from notices n where n.tenant_id = $1 and n.template = 'office_declared'"
EVENTS = "select event_id, body from journal where type like '%office-holder-declared%'"
LEFT = "select count(*) from outbox"
PAUSE_SECONDS = 0.05
"""Between two writes: the machine has to start processes meanwhile."""


@pytest.fixture
async def stack(tmp_path: Path) -> AsyncIterator[LocalStack]:
    """The registry, where holders of offices are declared, and notify, which writes to each of them."""
    async with LocalStack(tmp_path / "state", services=SERVICES, durable=False) as stack:
        await Terminal(stack.state.root).run("import", f"{ROOT}/deploy/cities/dumai")
        yield stack


@dataclass
class Writer:
    """Somebody of the office who declares one auditor after the other, and asks again with the same key until it is done."""

    client: httpx.AsyncClient
    accepted: list[str] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)

    async def write_until(self, done: asyncio.Event) -> None:
        while not done.is_set():
            name = f"Auditor {len(self.accepted) + 1}"
            await self._write(name)
            self.accepted.append(name)
            await asyncio.sleep(PAUSE_SECONDS)

    async def _write(self, name: str) -> None:
        about = {"role": "AUDITOR", "name": name, "email": f"{name.split()[1]}@auditor.example", "from": "2026-01-01"}
        headers = {"Idempotency-Key": str(uuid4())}
        async with asyncio.timeout(60):
            while True:
                why = await self._refusal(about | {"reason": "Penunjukan untuk uji"}, headers)
                if not why:
                    return
                self.refused[why] += 1
                await asyncio.sleep(PAUSE_SECONDS)

    async def _refusal(self, about: dict[str, str], headers: dict[str, str]) -> str:
        try:
            answer = await self.client.post("/v1/office-holders", json=about, headers=headers)
        except httpx.TransportError as error:
            return type(error).__name__
        if answer.status_code == 503:
            return "503"
        assert answer.status_code == 201, answer.text
        return ""


async def test_nothing_is_lost_or_doubled_while_everything_restarts(stack: LocalStack) -> None:
    before = _pids(stack)
    token = await asyncio.to_thread(token_of, stack.state, _running(stack), CITY)
    headers = {"Authorization": f"Bearer {token}"}
    at, done = Terminal(stack.state.root), asyncio.Event()
    async with httpx.AsyncClient(base_url=stack.urls["registry"], headers=headers, timeout=30) as client:
        writer = Writer(client)
        writing = asyncio.create_task(writer.write_until(done))
        said = await at.run("operations", "restart")
        at.within(OPERATIONS, "restart")
        done.set()
        await writing
    log.info("%d written, tried again after %s\n%s", len(writer.accepted), dict(writer.refused), said)
    assert [line.split()[1] for line in said.splitlines()[:-1]] == in_order(before)
    after = _pids(stack)
    assert set(after) == set(before)
    assert not set(after.values()) & set(before.values())
    assert {one.state for one in _running(stack).processes} == {"ready"}
    assert {child.restarts for child in stack.processes.values()} == {0}, "none of them ended unexpectedly"
    assert writer.refused, "the API was away for a moment, and the writer felt it"
    assert len(writer.accepted) > 20
    await _has_had_its_effect_once(stack, writer.accepted)
    assert "nothing was set aside" in await at.run("events", "dead")


async def _has_had_its_effect_once(stack: LocalStack, names: list[str]) -> None:
    """Each is declared once, told once, notified once and written to once."""
    events = await _settled(stack, len(names))
    declared = Counter(str(row["event_id"]) for row in events)
    assert len(declared) == declared.total() == len(names)
    notified = Counter(str(row["event_id"]) for row in await _rows(stack, "notify", NOTICES, CITY))
    assert notified == declared
    assert _letters(stack) == Counter(f"{name.split()[1]}@auditor.example" for name in names)


async def _settled(stack: LocalStack, expected: int) -> list[asyncpg.Record]:
    """The events of the registry, when all that follows from them is done; a moment later, for what would come twice."""
    async with asyncio.timeout(90):
        while True:
            if _letters(stack).total() >= expected and not (await _rows(stack, "registry", LEFT))[0][0]:
                break
            await asyncio.sleep(0.5)
    await asyncio.sleep(2)
    return await _rows(stack, "registry", EVENTS)


def _letters(stack: LocalStack) -> Counter[str]:
    """To whom mail was sent, of these people."""
    letters = (email.message_from_bytes(one.read_bytes(), policy=default) for one in stack.state.mail.glob("*.eml"))
    return Counter(to for one in letters if (to := str(one["To"])).endswith("@auditor.example"))


async def _rows(stack: LocalStack, service: str, query: str, *values: str) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(stack.postgres.uri(database_of(service)))
    try:
        return list(await connection.fetch(query, *values))
    finally:
        await connection.close()


def _running(stack: LocalStack) -> Running:
    running = stack.state.read_running()
    assert running is not None
    return running


def _pids(stack: LocalStack) -> dict[str, int]:
    """Of Kinerja's own processes."""
    return {name: pid for name in stack._names() if (pid := stack.processes[name].pid) is not None}
