"""Reader, service and consumer are killed again and again while events come: nothing is missed, doubled or told too much.

``make chaos`` runs it with 100,000 events and 50 kills; otherwise there are as many as an ordinary run has time for.
"""

import asyncio
import hashlib
import json
import sqlite3
import sys
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from contracts.base import Role, new_id
from contracts.public.language import PUBLISHED
from contracts.public.scopes import PERSON
from contracts.registry.holders import AccountRecorded
from kinerja.stack import issuer
from kinerja.stack.migrate import ROOT
from kinerja.stack.stack import LocalStack
from tests.conftest import LONG_OUTAGES
from tests.services.integrations import flood, follower
from tests.services.integrations.flood import NAME, NIP, Flood
from tests.services.integrations.published import CITY

pytestmark = [pytest.mark.connected, pytest.mark.timeout(1_800)]
ORDINARY, LONG = (3_000, 6), (100_000, 50)
SETTLE_SECONDS = 240.0


@dataclass
class Running:
    """A stack of the one service, and a reader beside it."""

    stack: LocalStack
    file: Path
    token: str
    reader: asyncio.subprocess.Process | None = None

    async def read(self) -> None:
        """Start the reader, where it stopped."""
        module, url = "tests.services.integrations.follower", self.stack.urls["integrations"]
        self.reader = await asyncio.create_subprocess_exec(
            sys.executable, "-m", module, url, self.token, str(self.file), cwd=ROOT, stderr=asyncio.subprocess.PIPE
        )

    async def kill_reader(self) -> None:
        """With -9; what it had to say before would be a fault of its own."""
        assert self.reader is not None
        assert self.reader.returncode is None, (await self.reader.communicate())[1].decode()
        self.reader.kill()
        await self.reader.wait()

    async def kill(self, number: int) -> None:
        """The reader, the API and the consumers in turn."""
        if number % 3 == 0:
            await self.kill_reader()
            await self.read()
            return
        name = ("integrations-api", "integrations-worker")[number % 3 - 1]
        await self.stack.kill_process(name)
        await self.stack.start_process(name)

    def events(self) -> list[dict[str, Any]]:
        """What the reader has kept, in the order of the feed."""
        rows = follower.opened(self.file).execute("select body from read order by place").fetchall()
        return [json.loads(body) for (body,) in rows]

    def count(self) -> int:
        found: int = sqlite3.connect(self.file).execute("select count(*) from read").fetchone()[0]
        return found


@asynccontextmanager
async def running(place: Path) -> AsyncIterator[Running]:
    """Ready, with a machine of the city that the registry has told of."""
    machine = new_id()
    async with LocalStack(place / "state", services=("integrations",), durable=False) as stack:
        token = issuer.mint(stack.state, sub=machine, city=CITY, roles=[Role.INTEGRATOR], scopes=[PERSON])
        here = Running(stack, place / "reader.sqlite", token)
        account = AccountRecorded(
            tenant_id=CITY, account_id=machine, revision=1, name="Gaji", email="", roles=(Role.INTEGRATOR,)
        )
        async with flood.producer(stack.kafka) as sending:
            await flood.send(sending, [account])
        await asyncio.to_thread(follower.opened, here.file)
        await here.read()
        try:
            yield here
        finally:
            await here.kill_reader()


async def test_nothing_is_missed_doubled_or_told_too_much_while_everybody_is_killed(
    tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    count, kills = LONG if pytestconfig.getoption(LONG_OUTAGES) else ORDINARY
    told = Flood()
    async with running(tmp_path) as here, flood.producer(here.stack.kafka) as sending:
        for number in range(kills):
            coming = asyncio.create_task(flood.send(sending, told.events(count // kills)))
            await here.kill(number)
            await coming
        await flood.send(sending, told.events(count - told.sent))
        async with asyncio.timeout(SETTLE_SECONDS):
            while here.count() < told.expected:  # noqa: ASYNC110 - a file notifies nobody
                await asyncio.sleep(0.5)
        await asyncio.sleep(2)  # whatever else would come
        _judge(here.events(), told)


def _judge(read: list[dict[str, Any]], told: Flood) -> None:
    text = json.dumps(read, ensure_ascii=False)
    assert (told.sent, len(read)) == (told.sent, told.expected), "missed, or too much"
    assert [int(event["sequence"]) for event in read] == list(range(1, told.expected + 1))
    assert {event["city"] for event in read} == {CITY}, "of another city"
    assert {event["type"] for event in read} <= set(PUBLISHED.of_ce_type), "internal"
    assert (NAME in text, NIP in text, "assessor" in text) == (False, False, False)
    _require_order(read)
    _require_chain(read)


def _require_order(read: list[dict[str, Any]]) -> None:
    versions = defaultdict(list)
    for event in read:
        if ".plan-set." in event["type"]:
            versions[event["subject"]].append(event["data"]["version"])
    assert len(versions) == flood.SUBJECTS
    assert {subject: found for subject, found in versions.items() if found != sorted(found)} == {}


def _require_chain(read: list[dict[str, Any]]) -> None:
    before = "0" * 64
    for event in read:
        bare = {name: value for name, value in event.items() if name not in {"hash", "previoushash"}}
        told = json.dumps(bare, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        digest = hashlib.sha256(told.encode()).hexdigest()
        assert event["previoushash"] == before
        before = event["hash"]
        assert before == hashlib.sha256((event["previoushash"] + digest).encode()).hexdigest()
