"""From a record of the bus to an event: what its headers must say, and what its body."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeAlias, TypeVar
from uuid import UUID

from aiokafka import ConsumerRecord

from contracts.base import Event
from kit import traceparent

Record: TypeAlias = ConsumerRecord[Any, Any]
E = TypeVar("E", bound=Event)
_TYPE = re.compile(r"id\.kinerja\.(?P<service>[a-z]+)\.(?P<name>[a-z0-9-]+)\.v(?P<version>[0-9]{1,4})")


class Unreadable(ValueError):
    """The record is no event that anybody could ever take; the text says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What the headers of an event say that a consumer goes by."""

    type: str
    name: str
    """Service and name without the version."""
    event_id: UUID
    city: str | None


def heading(record: Record) -> Heading:
    """Raises Unreadable where type or id are missing or make no sense, or the type belongs on another topic.

    Headers that nobody here goes by may hold what they like: they are other programs' business.
    """
    kind = _text(record, "ce_type")
    found = _TYPE.fullmatch(kind or "")
    if kind is None or found is None:
        raise Unreadable(f"ce_type is {kind!r}, which names no event of Kinerja")
    if found["service"] != record.topic:
        raise Unreadable(f"{kind} came on the topic {record.topic}, which is not {found['service']}'s")
    return Heading(kind, f"{found['service']}.{found['name']}", _id(record), _text(record, "ce_city"))


def told_at(record: Record) -> datetime:
    """When it was decided, as its header says; raises Unreadable where that is no time."""
    said = _text(record, "ce_time")
    try:
        at = datetime.fromisoformat(said or "")
    except ValueError:
        raise Unreadable(f"ce_time is {said!r:.60}, which is no time") from None
    if at.tzinfo is None:
        raise Unreadable(f"ce_time is {said!r:.60}, which names no zone")
    return at


def carried(record: Record) -> str | None:
    """The ``traceparent`` of a record; None where it has none, or one that is none: nothing else hangs on it."""
    values = [value for name, value in record.headers if name == traceparent.HEADER and value is not None]
    said = traceparent.only(values)
    return None if traceparent.read(said) is None else said


def _id(record: Record) -> UUID:
    said = _text(record, "ce_id")
    try:
        return UUID(said or "")
    except ValueError:
        raise Unreadable(f"ce_id is {said!r} instead of a UUID: nobody could tell a repeat from a new event") from None


def _text(record: Record, name: str) -> str | None:
    values = {value for one, value in record.headers if one == name}
    if len(values) > 1:
        raise Unreadable(f"the header {name} says several things")
    value = values.pop() if values else None
    try:
        return None if value is None else value.decode()
    except UnicodeDecodeError:
        raise Unreadable(f"the header {name} is not UTF-8: {value!r:.200}") from None


def is_other_version(of: Heading, heard: Iterable[type[Event]]) -> bool:
    """Whether an event that is heard here came in a version that this program does not know."""
    kinds = [kind.ce_type() for kind in heard]
    names = {kind.removeprefix("id.kinerja.").rpartition(".v")[0] for kind in kinds}
    return of.type not in kinds and of.name in names


def body(record: Record, of: Heading, event_type: type[E]) -> E:
    """The event; raises ValidationError or Unreadable where the body is none, or speaks of another city than its header."""
    if record.value is None:
        raise Unreadable("there is no body: nothing on the bus is taken back by a tombstone")
    event = event_type.model_validate_json(record.value)
    if of.city not in (None, event.tenant_id):
        raise Unreadable(f"the header is of city {of.city!r:.20}, the body of {event.tenant_id}")
    return event


def parse(record: Record) -> Event | None:
    """The event of a raw record, or None if its type is unknown here."""
    of = heading(record)
    event_type = Event.known.get(of.type)
    return None if event_type is None else body(record, of, event_type)


async def bare(message: Any, original: Any) -> Any:
    """FastStream's parser without the headers, which it would decode as UTF-8 before anybody could object; see `heading`."""
    batch = isinstance(message, tuple | list)
    made = await original(tuple(_without(one) for one in message) if batch else _without(message))
    made.raw_message = message
    return made


def _without(record: Record) -> Record:
    return replace(record, headers=())


async def undecoded(_: Any) -> bytes:
    """Nothing is decoded before our own code, which can set aside what does not decode."""
    return b""


async def undecoded_batch(_: Any) -> list[bytes]:
    """Of a batch, too."""
    return []
