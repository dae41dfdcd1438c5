"""A stream of events as the relays of all services send them: much that is published, and much that must never be."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from aiokafka import AIOKafkaProducer

from contracts.base import Event, new_id
from contracts.evaluation.obligations import ObligationsOpened
from contracts.feedback.feedback import FeedbackGiven
from contracts.feedback.objections import ObjectionWithdrawn
from contracts.plans.plans import PlanSet
from contracts.public.language import PUBLISHED
from contracts.registry.servants import ServantRecorded
from kit.journal import stamp
from kit.partitions import partition
from tests.contracts.samples import sample
from tests.services.integrations.published import CITY, ELSEWHERE, NOON, assessed, closed, finalised

NAME, NIP = "Siti Rahmawati Nasution", "198705122010012003"
SUBJECTS = 40
"""Plans whose versions come one after the other: what is promised of order is promised of each."""


@dataclass
class Flood:
    """Makes events without end, and knows what of them is to be read in the city."""

    plans: list[UUID] = field(default_factory=lambda: [new_id() for _ in range(SUBJECTS)])
    expected: int = 0
    sent: int = 0
    _plan: PlanSet = field(default_factory=lambda: PlanSet.model_validate(sample(PlanSet).model_dump()))

    def events(self, count: int) -> Iterator[Event]:
        """So many, in turn of every kind."""
        for number in range(self.sent, self.sent + count):
            yield (event := self._event(number))
            if event.tenant_id == CITY and not event.internal:
                self.expected += len(list(PUBLISHED.told(event, NOON.date())))
        self.sent += count

    def _event(self, number: int) -> Event:
        plan = self._plan.model_copy(update={"plan_id": self.plans[number // 10 % SUBJECTS], "version": number + 1})
        here, there = {"tenant_id": CITY}, {"tenant_id": ELSEWHERE}
        of_ten = (
            lambda: plan.model_copy(update=here),
            finalised,
            lambda: plan.model_copy(update=there | {"plan_id": new_id()}),
            closed,
            lambda: sample(ObligationsOpened).model_copy(update=here),
            lambda: sample(ObjectionWithdrawn).model_copy(update=here),
            lambda: sample(FeedbackGiven).model_copy(update=here),
            assessed,
            lambda: sample(ServantRecorded).model_copy(
                update=here | {"name": NAME, "nip": NIP, "servant_id": new_id(), "revision": number + 1}
            ),
            lambda: finalised(city=ELSEWHERE),
        )
        return of_ten[number % 10]()


def producer(kafka: str) -> AIOKafkaProducer:
    """As the relay's own."""
    return AIOKafkaProducer(bootstrap_servers=kafka, acks="all", linger_ms=5, partitioner=partition)


async def send(sending: AIOKafkaProducer, events: Iterator[Event] | list[Event]) -> None:
    """In order; returns when the broker has all of them."""
    waiting = [
        await sending.send(
            event.topic, event.model_dump_json().encode(), key=event.key.encode(), headers=_headers(event)
        )
        for event in events
    ]
    for one in waiting:
        await one


def _headers(event: Event) -> list[tuple[str, bytes]]:
    said = {
        "ce_specversion": "1.0",
        "ce_id": str(new_id()),
        "ce_type": event.ce_type(),
        "ce_source": f"/kinerja/{event.topic}",
        "ce_subject": event.subject,
        "ce_time": stamp(datetime.now(UTC)),
        "ce_city": event.tenant_id,
        "content-type": "application/json",
    }
    return [(name, value.encode()) for name, value in said.items()]
