"""The topics of the bus: declared once, made by ``python -m kit.topics``, and looked for before a process listens or sends."""

import argparse
import asyncio
import sys
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import structlog
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import KafkaError, TopicAlreadyExistsError, for_code

from contracts.base import DEPLOYED
from kit import kafka_access
from kit.settings import Settings

log = structlog.get_logger()

PARTITIONS = 3
PAUSE_SECONDS = 1.0
SHOWN_SECONDS = 60.0
"""A broker that is so far behind its controller is ill."""
COMPACTED = frozenset({"registry"})
"""Master data: the last word about each person, unit and policy is enough."""
_POLICY = "cleanup.policy"
_BYTES = "max.message.bytes"
LARGEST_BYTES = 1_020_000
"""Room for an event of ``kit.outbox.LARGEST_BYTES`` with its headers and the batch around it; Kafka's default is a little more."""


@dataclass(frozen=True)
class Topic:
    """A topic as it is made."""

    name: str
    partitions: int = PARTITIONS
    settings: Mapping[str, str] = field(default_factory=dict)


class TopicsUnfit(Exception):
    """The broker lacks topics, or has them otherwise than declared; says what to run."""


def topics(services: Sequence[str] = DEPLOYED) -> list[Topic]:
    """A topic for what each service emits, a dead-letter topic for each that listens, and for the workflows."""
    room = {_BYTES: str(LARGEST_BYTES)}
    made = [Topic(name, settings=room | ({_POLICY: "compact"} if name in COMPACTED else {})) for name in services]
    # Somebody looks at a dead letter; it does not go by itself.
    kept = room | {"retention.ms": "-1"}
    return made + [Topic(f"{name}.dead", partitions=1, settings=kept) for name in (*services, "workflows")]


async def present(settings: Settings, names: Collection[str]) -> None:
    """Return as soon as the broker has these topics as declared; a broker that does not answer is waited for.

    Raises TopicsUnfit if it answers and has not: clients would make them up, with one partition and without compaction.
    """
    declared = {topic.name: topic for topic in topics()}
    wanted = [declared.get(name, Topic(name)) for name in sorted(names)]
    while True:
        try:
            await look(settings, wanted)
        except (OSError, KafkaError) as error:
            log.warning("waiting for the broker", kafka=settings.kafka, error=repr(error))
            await asyncio.sleep(PAUSE_SECONDS)
        else:
            return


async def look(settings: Settings, wanted: Sequence[Topic]) -> None:
    """Raises TopicsUnfit for topics that are missing or not as declared, KafkaError where the broker does not answer."""
    admin = AIOKafkaAdminClient(**kafka_access.client(settings))
    try:
        await admin.start()
        # All of them: asking for one by name would make it, where the broker allows that.
        known = set(await admin.list_topics())
        if missing := [topic.name for topic in wanted if topic.name not in known]:
            raise TopicsUnfit(
                f"topics missing on {settings.kafka}: {', '.join(missing)}. Make them with `python -m kit.topics`"
                " (KINERJA_KAFKA as here and, where the broker asks, the name of somebody who may make topics)"
            )
        found = await _settings_of(admin, [topic.name for topic in wanted])
        for topic in wanted:
            _compare(settings, topic, found.get(topic.name, {}))
    finally:
        await admin.close()


def _compare(settings: Settings, topic: Topic, values: Mapping[str, str]) -> None:
    """Compaction and room for the largest event; how long something is kept is the operator's to decide."""
    wrong = {}
    if (policy := topic.settings.get(_POLICY)) and policy not in values.get(_POLICY, ""):
        wrong[_POLICY] = policy
    room = topic.settings.get(_BYTES, "0")
    if int(values.get(_BYTES) or room) < int(room):
        wrong[_BYTES] = room
    if wrong:
        change = ",".join(f"{name}={value}" for name, value in wrong.items())
        raise TopicsUnfit(
            f"topic {topic.name} on {settings.kafka} is not as declared. Set it with kafka-configs.sh --alter"
            f" --bootstrap-server {settings.kafka} --topic {topic.name} --add-config {change}"
        )


async def _settings_of(admin: AIOKafkaAdminClient, names: Collection[str]) -> dict[str, dict[str, str]]:
    asked = [ConfigResource(ConfigResourceType.TOPIC, name) for name in names]
    found: dict[str, dict[str, str]] = {}
    for answer in await admin.describe_configs(asked):
        for code, message, _, name, entries in (tuple(one)[:5] for one in answer.resources):
            if code:
                raise for_code(code)(message)
            found[name] = {entry[0]: entry[1] for entry in entries}
    return found


async def make(settings: Settings, wanted: Sequence[Topic], *, copies: int = 1) -> list[str]:
    """Make the topics that are missing, each partition on so many brokers; returns their names. Changes no other."""
    admin = AIOKafkaAdminClient(**kafka_access.client(settings))
    made: list[str] = []
    try:
        await admin.start()
        for topic in wanted:
            new = NewTopic(topic.name, topic.partitions, copies, topic_configs=dict(topic.settings))
            answer = await admin.create_topics([new])
            code = answer.topic_errors[0][1]
            if code not in {0, TopicAlreadyExistsError.errno}:
                raise TopicsUnfit(f"the broker refuses topic {topic.name}: {for_code(code).__name__}")
            made += [] if code else [topic.name]
        await _shown(admin, made)
    finally:
        await admin.close()
    return made


async def _shown(admin: AIOKafkaAdminClient, names: Collection[str]) -> None:
    """Apache Kafka answers once its controller has made a topic; the brokers hear of it a moment later."""
    deadline = time.monotonic() + SHOWN_SECONDS
    while missing := set(names) - set(await admin.list_topics()):
        if time.monotonic() > deadline:
            raise TopicsUnfit(f"the broker has made {', '.join(sorted(missing))}, and does not show them")
        await asyncio.sleep(0.05)


def main() -> int:
    """The command line of ``python -m kit.topics``."""
    parser = argparse.ArgumentParser(
        prog="python -m kit.topics", description="Make the topics of the bus on KINERJA_KAFKA; those that exist stay."
    )
    parser.add_argument("--copies", type=int, default=1, help="brokers that keep each partition (default: 1)")
    copies = parser.parse_args().copies
    settings = Settings()
    wanted = topics()
    try:
        made = asyncio.run(make(settings, wanted, copies=copies))
    except (OSError, KafkaError, TopicsUnfit) as error:
        sys.stderr.write(f"{settings.kafka}: {error!r}\n")
        return 1
    sys.stdout.write(f"made: {', '.join(made)}\n" if made else "every topic is there already\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
