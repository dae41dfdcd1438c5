"""A Kafka that exists already: whether it answers, and the topics that it lacks."""

from collections.abc import Sequence

from aiokafka.client import AIOKafkaClient
from aiokafka.errors import KafkaError

from kinerja.stack import probes
from kinerja.stack.broker import create_topics
from kinerja.stack.errors import StackError
from kit.settings import Settings
from kit.topics import Topic, TopicsUnfit, look

COPIES = 3
"""Copies of each partition, where there are so many brokers."""


async def prepare(address: str, wanted: Sequence[Topic]) -> None:
    """Make the topics that are missing, leave those that are there; raises StackError for what would not work."""
    brokers = await _brokers(address)
    await create_topics(address, wanted, copies=min(COPIES, brokers))
    try:
        await look(Settings(environment="local", kafka=address), wanted)
    except TopicsUnfit as error:
        raise StackError(str(error)) from error


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
