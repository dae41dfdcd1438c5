"""One request is followed through everything on the real engines: outbox, bus, other services, workflow, webhook."""

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition

from kinerja.following import Step, followed
from kinerja.officer import token_of
from kinerja.stack.migrate import ROOT
from kinerja.stack.stack import LocalStack
from kit import traceparent
from kit.topics import PARTITIONS
from tests.services.integrations.receivers import Receiver, receiver

pytestmark = [pytest.mark.connected, pytest.mark.slow, pytest.mark.timeout(300)]
SERVICES = ("registry", "plans", "evaluation", "feedback", "integrations")
CITY = "14.72"
CYCLE = {"scope": CITY, "period_start": "2026-10-01", "months": 3}
OPENED, PHASE = "id.kinerja.evaluation.cycle-opened.v1", "id.kinerja.evaluation.phase-opened.v1"


@dataclass
class City:
    """A stack with Dumai in it, and a machine that is told of its cycles."""

    stack: LocalStack
    there: Receiver
    shell: dict[str, str]

    async def followed(self, trace_id: str) -> list[Step]:
        return await followed(self.stack.state, trace_id, SERVICES)


@pytest.fixture
async def city(tmp_path: Path) -> AsyncIterator[City]:
    async with receiver() as there, LocalStack(tmp_path / "state", services=SERVICES, durable=False) as stack:
        shell = {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "KINERJA_STATE": str(tmp_path / "state"),
        }
        await _run(shell, f"kinerja import {ROOT}/deploy/cities/dumai")
        await _run(shell, f"kinerja integrator create board --city {CITY} --types events --url {there.url}")
        yield City(stack, there, shell)


async def _run(shell: dict[str, str], command: str) -> str:
    child = await asyncio.create_subprocess_exec(
        *command.split(),
        env=shell | {"PYTHONPATH": str(ROOT)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await child.communicate()
    assert child.returncode == 0, said.decode()
    return said.decode()


async def test_one_request_is_found_in_every_service_and_at_the_receiver(city: City) -> None:
    said = traceparent.begun()
    trace_id = traceparent.id_of(said)
    await _open_a_cycle(city.stack, said)
    steps = await _until_delivered(city, trace_id)
    events = {(one.service, one.what) for one in steps}
    assert ("evaluation", OPENED) in events, "the outbox of the service that was asked"
    assert ("evaluation", PHASE) in events, "what its workflow asked it for"
    others = {one.service for one in steps} - {"evaluation", "webhook"}
    assert others & {"plans", "feedback"}, "what other services did about it"
    told = {traceparent.read(one.headers["traceparent"]) for one in city.there.got if "cycle-opened" in one.body}
    assert told == {trace_id}
    headers = await _on_the_bus(city.stack)
    for one in (OPENED, PHASE):
        assert trace_id in headers[one]
    assert {one.what.split()[0] for one in steps if one.service == "webhook"} >= {"id.kinerja.public.cycle-opened.v1"}
    shown = await _run(city.shell, f"kinerja events follow {said} -s evaluation -s integrations")
    assert shown.count("evaluation") >= 2
    logs = [path.read_text() for path in city.stack.state.log.glob("*.log")]
    assert all(re.search(r'"trace_id": "(?!0{32})[0-9a-f]{32}"', text) for text in logs if '"trace_id"' in text)


async def _open_a_cycle(stack: LocalStack, said: str) -> None:
    running = stack.state.read_running()
    assert running is not None
    token = await asyncio.to_thread(token_of, stack.state, running, CITY)
    headers = {"Authorization": f"Bearer {token}", "traceparent": said}
    async with httpx.AsyncClient(base_url=running.urls["evaluation"], headers=headers, timeout=60) as asking:
        for _ in range(60):  # until evaluation has copied the policy and the people of the import
            if (answer := await asking.post("/v1/cycles", json=CYCLE)).is_success:
                return
            await asyncio.sleep(1)
    pytest.fail(answer.text)


async def _until_delivered(city: City, trace_id: str) -> list[Step]:
    async with asyncio.timeout(120):
        while True:
            steps = await city.followed(trace_id)
            services = {one.service for one in steps}
            phases = [one for one in steps if one.what == PHASE]
            if any("DELIVERED" in one.what for one in steps) and phases and services & {"plans", "feedback"}:
                return steps
            await asyncio.sleep(1)


async def _on_the_bus(stack: LocalStack) -> dict[str, set[str | None]]:
    """The traces of each type of event, as Kafka's headers say them."""
    found: dict[str, set[str | None]] = {}
    consumer: Any = AIOKafkaConsumer(bootstrap_servers=stack.kafka, auto_offset_reset="earliest")
    await consumer.start()
    try:
        partitions = [TopicPartition("evaluation", number) for number in range(PARTITIONS)]
        consumer.assign(partitions)
        left = sum((await consumer.end_offsets(partitions)).values())
        async with asyncio.timeout(30):
            while left > 0:
                for records in (await consumer.getmany(timeout_ms=300)).values():
                    left -= len(records)
                    for record in records:
                        attributes = {name: value.decode() for name, value in record.headers}
                        read = traceparent.read(attributes.get("traceparent"))
                        found.setdefault(attributes["ce_type"], set()).add(read)
    finally:
        await consumer.stop()
    return found
