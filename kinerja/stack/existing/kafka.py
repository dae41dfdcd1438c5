"""A Kafka that exists already: whether it answers, and the topics that it lacks."""

from collections.abc import Sequence

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.client import AIOKafkaClient
from aiokafka.errors import KafkaError

from kinerja.stack import probes
from kinerja.stack.broker import Topic, create_topics
from kinerja.stack.errors import StackError

COPIES = 3
"""Copies of each partition, where there are so many brokers."""


async def prepare(address: str, wanted: Sequence[Topic]) -> None:
    """Make the topics that are missing, leave those that are there; raises StackError for what would not work."""
    brokers = await _brokers(address)
    admin = AIOKafkaAdminClient(bootstrap_servers=address)
    try:
        await admin.start()
        there = set(await admin.list_topics())
        await _refuse_uncompacted(admin, [topic for topic in wanted if topic.name in there])
    except KafkaError as error:
        raise StackError(f"Kafka at {address} does not tell its topics: {error!r}") from error
    finally:
        await admin.close()
    missing = [topic for topic in wanted if topic.name not in there]
    await create_topics(address, missing, copies=min(COPIES, brokers))


async def _brokers(address: str) -> int:
    """How many brokers there are; each must be reachable under the name that it tells."""
    client = AIOKafkaClient(bootstrap_servers=address)
    try:
        await client.bootstrap()
        brokers = list(client.cluster.brokers())
    except KafkaError as error:
        raise StackError(
            f"no Kafka answers at {address} ({error}): is it running, is this its listener without TLS,"
            " and may this machine reach it?"
        ) from error
    finally:
        await client.close()
    for one in brokers:
        if not await probes.reachable(one.host, one.port):
            raise StackError(
                f"Kafka at {address} answers, and sends its clients to {one.host}:{one.port}, which nobody can reach"
                " from here: mend its advertised.listeners, or name the listener that is meant for this machine"
            )
    return len(brokers)


async def _refuse_uncompacted(admin: AIOKafkaAdminClient, topics: Sequence[Topic]) -> None:
    """A topic that somebody else made may forget what a service that comes later must still read."""
    declared = [topic for topic in topics if topic.settings]
    if not declared:
        return
    answers = await admin.describe_configs([ConfigResource(ConfigResourceType.TOPIC, one.name) for one in declared])
    found = {
        resource[3]: {entry[0]: entry[1] for entry in resource[4]}
        for answer in answers
        for resource in answer.resources
    }
    for topic in declared:
        for name, value in topic.settings.items():
            has = found.get(topic.name, {}).get(name)
            if has is not None and value not in has.split(","):
                raise StackError(
                    f"topic {topic.name} is there with {name}={has}, but must have {value}: kafka-configs.sh --alter"
                    f" --entity-type topics --entity-name {topic.name} --add-config {name}={value}"
                )
