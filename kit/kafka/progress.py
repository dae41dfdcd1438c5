"""Whether every consumer gets on: one that has something to read and acknowledges nothing stands still, whatever the cause.

What fails in a handler waits and is seen waiting (kit.kafka.patience). This sees the rest: records that cannot be fetched
or unpacked, a handler that never returns, acknowledgements that never arrive.
"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from aiokafka import AIOKafkaConsumer, TopicPartition

STALLED_SECONDS = 120.0
"""Longer than any delivery of a healthy process takes."""
_Where = tuple[str, TopicPartition]


@dataclass(frozen=True)
class Stalled:
    """A partition that stands still."""

    group: str
    partition: TopicPartition
    offset: int

    @property
    def place(self) -> str:
        """For people."""
        return f"{self.group} at {self.partition.topic}, partition {self.partition.partition}, offset {self.offset}"


@dataclass
class Progress:
    """What was acknowledged when it was looked last."""

    _seen: dict[_Where, tuple[int, float]] = field(default_factory=dict)

    async def stalled(self, consumers: Sequence[tuple[str, AIOKafkaConsumer]], seconds: float) -> list[Stalled]:
        """Each that has stood still for so many seconds; raises what the broker raises.

        All are asked at once. A broker answers a connection in the order of its questions, so that each waits until the
        fetch before it has been given up, half a second: one after the other, six groups would take that twelve times.
        """
        now, found = time.monotonic(), []
        answers = await asyncio.gather(*(_behind(consumer) for _, consumer in consumers))
        behind: dict[_Where, int] = {}
        for (group, _), answer in zip(consumers, answers, strict=True):
            behind |= {(group, partition): done for partition, done in answer.items()}
        for where in self._seen.keys() - behind.keys():
            del self._seen[where]
        for where, done in behind.items():
            before, since = self._seen.get(where, (done, now))
            if before != done:
                since = now
            self._seen[where] = (done, since)
            if now - since >= seconds:
                found.append(Stalled(*where, done))
        return found


async def _behind(consumer: AIOKafkaConsumer) -> dict[TopicPartition, int]:
    """The partitions with records that were not acknowledged yet, and up to where they were."""
    partitions = list(consumer.assignment())
    if not partitions:
        return {}
    begins, ends, *committed = await asyncio.gather(
        consumer.beginning_offsets(partitions),
        consumer.end_offsets(partitions),
        *(consumer.committed(one) for one in partitions),
    )
    done = {one: max(offset or 0, begins[one]) for one, offset in zip(partitions, committed, strict=True)}
    return {one: offset for one, offset in done.items() if offset < ends[one]}
