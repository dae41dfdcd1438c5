"""Messages that no consumer can take, made from one that it can: ten kinds, and which consumers must set each aside."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from uuid import uuid4

from contracts.base import SERVICES, Event, new_id
from tests.contracts.record import GOLDEN

MARK = "x-mark"
"""A header by which a message is found again."""
Headers = tuple[tuple[str, bytes], ...]


@dataclass(frozen=True)
class Message:
    """What is put on a topic."""

    topic: str
    kind: type[Event]
    value: bytes | None
    headers: Headers
    is_event: bool = True
    """Whether its headers name an event of this topic: a consumer that does not hear of it then passes it over."""

    @property
    def mark(self) -> str:
        return dict(self.headers)[MARK].decode()

    def saying(self, name: str, value: bytes | None) -> "Message":
        """With another value of a header, or without it."""
        others = tuple(one for one in self.headers if one[0] != name)
        return replace(self, headers=others if value is None else (*others, (name, value)))


def good(kind: type[Event]) -> Message:
    """The recorded sample of an event, as a relay sends it."""
    attributes = {
        "ce_id": str(new_id()),
        "ce_type": kind.ce_type(),
        "ce_city": "14.72",
        "ce_time": _AT,
        MARK: str(uuid4()),
    }
    headers = tuple((name, value.encode()) for name, value in attributes.items())
    return Message(kind.topic, kind, (GOLDEN / f"{kind.ce_type()}.json").read_bytes(), headers)


def _named(message: Message, kind: bytes | None) -> Message:
    return replace(message.saying("ce_type", kind), is_event=False)


def _stranger(message: Message) -> Message:
    other = next(name for name in SERVICES if name != message.topic)
    return _named(message, message.kind.ce_type().replace(f".{message.topic}.", f".{other}.").encode())


POISON: dict[str, Callable[[Message], Message]] = {
    "no JSON": lambda good: replace(good, value=b'{"tenant_id": "14.'),
    "JSON of another shape": lambda good: replace(good, value=b'{"tenant_id": 7, "revision": "\\ud800"}'),
    "a tombstone": lambda good: replace(good, value=None),
    "no body": lambda good: replace(good, value=b""),
    "another city in the header": lambda good: good.saying("ce_city", b"16.71"),
    "a version of the future": lambda good: good.saying("ce_type", good.kind.ce_type().encode() + b"00"),
    "no type": lambda good: _named(good, None),
    "a type that is not UTF-8": lambda good: _named(good, b"\xff\xfe" + good.kind.ce_type().encode()),
    "an event of another service": _stranger,
    "no id": lambda good: replace(good.saying("ce_id", None), is_event=False),
    "an id that is no UUID": lambda good: replace(good.saying("ce_id", b"42"), is_event=False),
    "two ids": lambda good: replace(good, headers=(*good.headers, ("ce_id", b"another")), is_event=False),
}


def poison(kinds: Sequence[type[Event]]) -> list[Message]:
    """Every kind of poison for the events of one topic: of each event, and once what does not say which event it is."""
    made = [change(good(kind)) for kind in kinds for change in POISON.values()]
    return [one for one in made if one.is_event or one.kind is kinds[0]]


_AT = "2026-01-05T02:00:00.000000Z"


def must_be_set_aside(message: Message, group: str, heard: list[type[Event]]) -> bool:
    """Whether this consumer group sets this poison aside.

    Facts of the registry are read beside the copy of master data, which sets aside what is no event at all; integrations
    takes everything in batches, each of which sets aside what is none.
    """
    if message.is_event:
        return message.kind in heard
    return not group.endswith(".facts") or group.startswith("integrations.")
