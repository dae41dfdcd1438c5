"""How a workflow recognises an event that was signalled to it before: Kafka delivers at least once."""

from collections import deque
from collections.abc import Iterable
from uuid import UUID

REMEMBERED = 100
"""A consumer repeats what it had not committed, so a repeat follows its first delivery soon, and one workflow gets a few
signals of it; a hundred ids are 4 kB of what a continued run starts with."""


class SeenEvents:
    """The events that were signalled last, oldest first.

    A deque and not a set: what a workflow starts anew with must not depend on an order that differs between processes.
    """

    def __init__(self, events: Iterable[UUID] = ()) -> None:
        self._events = deque(events, maxlen=REMEMBERED)

    def is_new(self, event_id: UUID) -> bool:
        """Whether it was not signalled before; it is remembered from now on."""
        if event_id in self._events:
            return False
        self._events.append(event_id)
        return True

    def all(self) -> tuple[UUID, ...]:
        """What a continued run must know."""
        return tuple(self._events)
