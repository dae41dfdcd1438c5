"""The bus as docker-compose.yml sets it up, on Apache Kafka itself: who is let in, and who may say and hear what."""

import gc
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import (
    GroupAuthorizationFailedError,
    KafkaConnectionError,
    KafkaError,
    TopicAuthorizationFailedError,
)

from contracts.base import DEPLOYED
from kinerja.secrets.authority import Authority
from kinerja.stack import probes
from kinerja.stack.kafka import JARS, START_SECONDS, ApacheKafka
from kinerja.stack.ports import HOST, choose
from kit import kafka_access
from kit.settings import Settings
from tests.support.aside import Aside

pytestmark = [pytest.mark.connected, pytest.mark.timeout(600)]  # Kafka's tools start a virtual machine for every right

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SPRY = "-Xmx128m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""A tool of Kafka lives two seconds."""
GIVEN: dict[str, str] = COMPOSE["services"]["kafka"]["environment"]


def properties(secrets: Path) -> str:
    """The variables of the container as the image turns them into properties, with addresses and files of this machine."""
    lines = {name.removeprefix("KAFKA_").lower().replace("_", "."): value for name, value in GIVEN.items()}
    known = {"listeners": "INSIDE://$host:$port,CONTROLLER://$host:$controller_port"}
    known |= {"advertised.listeners": "INSIDE://$host:$port", "log.dirs": "$data"}
    known |= {"controller.quorum.voters": "1@$host:$controller_port"}
    assert set(known) <= set(lines)
    text = "\n".join(f"{name}={with_secrets(value)}" for name, value in (lines | known).items())
    return text.replace("/run/kinerja", str(secrets))


def with_secrets(text: str) -> str:
    """Each password is its own name."""
    return re.sub(r"\$\{(\w+):\?[^}]*\}", r"secret-\1", text)


@pytest.fixture(scope="module")
def secrets(engines: Path) -> Path:
    """What `make secrets` makes for the bus, for a broker at this machine's address."""
    made = Path(tempfile.mkdtemp(dir=engines, prefix="secrets-"))
    authority = Authority.make("test")
    authority.write(made / "ca.pem")
    authority.issue(made / "kafka.pem", HOST)
    return made


@pytest.fixture(scope="module")
def guarded_kafka(aside: Aside, engines: Path, secrets: Path) -> Iterator[str]:
    """The broker's address, its topics and rights made as the jobs of docker-compose.yml make them."""
    ports = choose(["guarded-kafka", "guarded-controller"], {})
    directory = Path(tempfile.mkdtemp(dir=engines, prefix="guarded-"))
    node = ApacheKafka(
        directory,
        port=ports["guarded-kafka"],
        controller_port=ports["guarded-controller"],
        template=properties(secrets),
        ready=probes.listens,
    )
    aside.run(node.start(), seconds=START_SECONDS + 30)
    run_job("topics", node.address, secrets)
    run_job("rights", node.address, secrets)
    yield node.address
    aside.run(node.stop())


def run_job(name: str, address: str, secrets: Path) -> None:
    """Run what the job's container runs, with Kafka's tools in the place of the image's."""
    job = COMPOSE["services"][name]
    tools = secrets / "bin"
    tools.mkdir(exist_ok=True)
    acls = f"java {SPRY} -cp '{JARS}/*' org.apache.kafka.tools.AclCommand"
    # No link for Python: started by another name it would not find the packages beside it.
    for tool, command in (("kafka-acls.sh", acls), ("python", f"'{sys.executable}'")):
        (tools / tool).write_text(f'#!/bin/sh\nexec {command} "$@"\n')
        (tools / tool).chmod(0o755)
    (secrets / "rights.sh").write_text((ROOT / "deploy/kafka/rights.sh").read_text())
    given = {key: here(value, address, secrets) for key, value in job["environment"].items() if key != "PATH"}
    words = [here(word.replace("$$", "$"), address, secrets) for word in (*job.get("entrypoint", ()), *job["command"])]
    given |= {"PATH": f"{tools}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(words, cwd=ROOT, env=os.environ | given, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def here(text: str, address: str, secrets: Path) -> str:
    return with_secrets(text).replace("kafka:9092", address).replace("/run/kinerja", str(secrets))


@pytest.fixture
def named(guarded_kafka: str, secrets: Path) -> Any:
    """``named("plans")``: how the worker of plans presents itself, as docker-compose.yml has it."""

    def settings(name: str, **changes: str) -> dict[str, Any]:
        given = COMPOSE["services"]["workflows" if name == "workflows" else f"{name}-worker"]["environment"]
        values = {key.removeprefix("KINERJA_").lower(): with_secrets(value) for key, value in given.items()}
        values |= {"kafka": guarded_kafka, "kafka_ca": str(secrets / "ca.pem")} | changes
        wanted = {key: value for key, value in values.items() if key.startswith("kafka") or key == "environment"}
        return kafka_access.client(Settings.model_validate(wanted))

    return settings


@asynccontextmanager
async def producer(**options: Any) -> AsyncIterator[AIOKafkaProducer]:
    made = AIOKafkaProducer(**options, acks="all", enable_idempotence=True, request_timeout_ms=10_000)
    try:
        await made.start()
        yield made
    finally:
        await made.stop()


async def hear(topic: str, group: str, **options: Any) -> list[bytes]:
    """What lies in a topic, read in a group."""
    consumer = AIOKafkaConsumer(topic, group_id=group, auto_offset_reset="earliest", **options)
    try:
        await consumer.start()
        return [(await consumer.getone()).value]
    finally:
        await consumer.stop()


@pytest.mark.parametrize("name", DEPLOYED)
async def test_a_service_speaks_for_itself_and_for_nobody_else(named: Any, name: str) -> None:
    async with producer(**named(name)) as speaking:
        for own in (name, f"{name}.dead"):
            await speaking.send_and_wait(own, b"its own word", key=b"somebody")
        for other in (*(set(DEPLOYED) - {name}), "workflows.dead"):
            with pytest.raises(TopicAuthorizationFailedError):
                await speaking.send_and_wait(other, b"another's word", key=b"somebody")


async def test_workflows_only_set_aside(named: Any) -> None:
    async with producer(**named("workflows")) as speaking:
        await speaking.send_and_wait("workflows.dead", b"hopeless", key=b"somebody")
        with pytest.raises(TopicAuthorizationFailedError):
            await speaking.send_and_wait("evaluation", b"not its word", key=b"somebody")


async def test_a_service_hears_what_it_has_consumers_for_in_its_own_groups(named: Any) -> None:
    async with producer(**named("evaluation")) as speaking:
        await speaking.send_and_wait("evaluation", b"a word", key=b"somebody")
    assert await hear("evaluation", "plans.evaluation", **named("plans"))
    with pytest.raises(GroupAuthorizationFailedError):
        await hear("evaluation", "notify.evaluation", **named("plans"))
    with pytest.raises(TopicAuthorizationFailedError):
        await hear("feedback", "plans.feedback", **named("plans"))


@pytest.mark.parametrize(
    "changes",
    [
        {"kafka_password": "guessed"},
        {"kafka_user": "nobody"},
        {"kafka_user": "", "kafka_password": "", "kafka_open": "true"},
        {"kafka_user": "", "kafka_password": "", "kafka_open": "true", "kafka_tls": "false"},
    ],
)
# aiokafka leaves a connection that the broker closed at its beginning to the collector, which says so whenever it comes by.
@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
async def test_who_does_not_say_who_he_is_is_not_let_in(named: Any, changes: dict[str, str]) -> None:
    with pytest.raises(KafkaError):
        async with producer(**named("plans", **changes)):
            pass
    gc.collect()


# asyncio leaves the connection of a handshake that failed to the collector, which says so whenever it comes by.
@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
async def test_a_broker_of_another_authority_is_not_spoken_to(named: Any, tmp_path: Path) -> None:
    Authority.make("another").write(tmp_path / "ca.pem")
    with pytest.raises(KafkaConnectionError):
        async with producer(**named("plans", kafka_ca=str(tmp_path / "ca.pem"))):
            pass
    gc.collect()


async def test_no_service_makes_topics(named: Any) -> None:
    admin = AIOKafkaAdminClient(**named("plans"))
    await admin.start()
    try:
        answer = await admin.create_topics([NewTopic("another", 1, 1)])
        assert answer.topic_errors[0][1] == TopicAuthorizationFailedError.errno
    finally:
        await admin.close()
