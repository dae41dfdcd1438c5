"""What happens to a message that failed: its partition waits, or it is set aside; nothing is ever passed over."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError
from faststream.kafka import KafkaMessage
from faststream.message import AckStatus

from kit import traceparent
from kit.kafka import reading
from kit.kafka.dead_letters import DeadLetters
from kit.kafka.reading import Record
from kit.kafka.trials import Trial, Waits, kind_of, said
from kit.transient import Kind

log = structlog.get_logger()

Failure = tuple[Record, Exception]
Work = Callable[[], Awaitable[Sequence[Failure]]]


@dataclass(frozen=True)
class Waiting:
    """A partition that waits, for whoever asks about the process."""

    group: str
    topic: str
    partition: int
    offset: int
    since: datetime
    seconds: float
    reason: str


@dataclass
class Patience:
    """Of one consumer group in this process."""

    group: str
    dead: DeadLetters
    waits: Waits = field(default_factory=Waits)
    _trials: dict[tuple[TopicPartition, int], Trial] = field(default_factory=dict)
    _consumer: AIOKafkaConsumer | None = None

    async def through(self, message: KafkaMessage, records: Sequence[Record], work: Work) -> None:
        """Do the work of a delivery. Then it is acknowledged, or its partitions are read again from here after a pause.

        Meanwhile the consumer goes on polling and reads its other partitions, so that its group does not take it for
        dead. A process that ends while it waits has acknowledged nothing.
        """
        if not isinstance(message.consumer, AIOKafkaConsumer):
            await _in_memory(message, work)
            return
        self._consumer = message.consumer
        try:
            seconds = await self._try(work)
        except Exception:
            log.exception("consumer failed", group=self.group, **_place(records[0]))
            seconds = self.waits.longest
        if seconds is None:
            await self._acknowledge(message, records)
        else:
            self._put_off(message.consumer, records, seconds)
            message.committed = AckStatus.NACKED  # else FastStream acknowledges it, because nothing was raised

    def waiting(self) -> list[Waiting]:
        """What this consumer waits for, the longest wait first."""
        self._forget({partition for partition, _ in self._trials} - self._mine())
        now = time.monotonic()
        trials = sorted(self._trials.values(), key=lambda trial: trial.began)
        return [
            Waiting(
                self.group,
                one.record.topic,
                one.record.partition,
                one.record.offset,
                one.since,
                now - one.began,
                said(one.error),
            )
            for one in trials
        ]

    async def _try(self, work: Work) -> float | None:
        """Seconds to wait before the next try, or None if nothing is left to do."""
        waiting, hopeless = [], []
        for record, error in await work():
            trial = self._noted(record, error)
            reason = trial.why_hopeless(self.waits)
            if reason is None:
                waiting.append(trial)
            elif not trial.is_aside:
                hopeless.append((trial, reason))
        # After the effects of the others, and not before it is known that none of them waits: a delivery that comes
        # again would write them again.
        if not waiting:
            waiting = [trial for trial, reason in hopeless if not await self._set_aside(trial, reason)]
        if not waiting:
            return None
        return max(self.waits.after(one.attempts) for one in waiting)

    def _noted(self, record: Record, error: Exception) -> Trial:
        where = (TopicPartition(record.topic, record.partition), record.offset)
        if where not in self._trials:
            self._trials[where] = Trial(record, datetime.now(UTC), time.monotonic(), error)
        trial = self._trials[where]
        trial.note(error)
        if kind_of(error) is not Kind.HOPELESS:
            log.warning(
                "partition waits", group=self.group, attempt=trial.attempts, error=said(error), **_place(record)
            )
        return trial

    async def _set_aside(self, trial: Trial, reason: str) -> bool:
        """Whether the dead letter is written; while it is not, the message is not done with."""
        record = trial.record
        why = {
            "reason": reason,
            "group": self.group,
            "attempts": str(trial.attempts),
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        try:
            await self.dead.put(record, why)
        except Exception as error:
            log.exception("dead letter not written: the partition waits", group=self.group, **_place(record))
            trial.error = error
            return False
        trial.is_aside = True
        unforeseen = trial.error if kind_of(trial.error) is Kind.DOUBTFUL else None  # only there a traceback tells more
        log.error(
            "message set aside", group=self.group, reason=said(trial.error), exc_info=unforeseen, **_place(record)
        )
        return True

    async def _acknowledge(self, message: KafkaMessage, records: Iterable[Record]) -> None:
        self._forget(_partitions(records))
        try:
            await message.ack()
        except KafkaError as error:  # the next one acknowledges this one too, and a repeat changes nothing
            log.warning("not acknowledged", group=self.group, error=repr(error))

    def _put_off(self, consumer: AIOKafkaConsumer, records: Sequence[Record], seconds: float) -> None:
        """Back to the earliest record of each partition; one that moved to another process begins there by itself."""
        earliest: dict[TopicPartition, int] = {}
        for record in records:
            partition = TopicPartition(record.topic, record.partition)
            earliest[partition] = min(record.offset, earliest.get(partition, record.offset))
        mine = consumer.assignment()
        for partition in earliest.keys() & mine:
            consumer.pause(partition)
            consumer.seek(partition, earliest[partition])
        asyncio.get_running_loop().call_later(seconds, _resume, consumer, tuple(earliest))

    def _mine(self) -> set[TopicPartition]:
        """A partition that moved to another process waits there, if it still does."""
        return set() if self._consumer is None else set(self._consumer.assignment())

    def _forget(self, partitions: Iterable[TopicPartition]) -> None:
        gone = set(partitions)
        for where in [where for where in self._trials if where[0] in gone]:
            del self._trials[where]


def _resume(consumer: AIOKafkaConsumer, partitions: Iterable[TopicPartition]) -> None:
    mine = consumer.assignment()
    consumer.resume(*(one for one in partitions if one in mine))


async def _in_memory(message: KafkaMessage, work: Work) -> None:
    """On a bus in memory nothing can be put off: whoever published hears of it."""
    for _, error in await work():
        raise error
    await message.ack()


def _partitions(records: Iterable[Record]) -> set[TopicPartition]:
    return {TopicPartition(record.topic, record.partition) for record in records}


def _place(record: Record) -> dict[str, object]:
    """Where it lies, and which request it follows from if it says so."""
    place: dict[str, object] = {"topic": record.topic, "partition": record.partition, "offset": record.offset}
    said = traceparent.read(reading.carried(record))
    return place if said is None else place | {traceparent.LOGGED: said}
