"""Which partition of its topic an event goes to: the same for every key that is the same up to ``contracts.base.APART``."""

from collections.abc import Sequence

from aiokafka.partitioner import DefaultPartitioner

from contracts.base import APART

_of_key = DefaultPartitioner()


def partition(key: bytes | None, every: Sequence[int], available: Sequence[int]) -> int:
    """The partitioner of every producer that sends events; for plain keys it is Kafka's own, as other clients have it."""
    chosen: int = _of_key(None if key is None else key.partition(APART.encode())[0], every, available)
    return chosen
