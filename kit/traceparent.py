"""Which request something comes from (W3C Trace Context): kept in a context variable, carried on in a ``traceparent``.

It goes from the HTTP request through the outbox, the bus, consumers, workflows and activities to a webhook, and stands as
``trace_id`` in every line of the log. It says what belongs together and decides nothing.
"""

import re
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

import structlog

HEADER = "traceparent"
"""Of HTTP, of Kafka and of Temporal."""
LOGGED = "trace_id"
"""In a line of the log."""
_FORM = re.compile(
    r"(?P<version>(?!ff)[0-9a-f]{2})-(?P<trace>(?!0{32})[0-9a-f]{32})-(?P<span>(?!0{16})[0-9a-f]{16})"
    r"-(?P<flags>[0-9a-f]{2})(?P<more>-[\x20-\x7e]*)?"
)
DIGITS = 8
"""Of a trace's id, by which people name it: few enough to be read out on the telephone. Of a million requests one in four
thousand has its number in common with another, and whoever follows it is shown both."""
_VERSION, _SAMPLED = "00", 0x01
_CURRENT: ContextVar[str | None] = ContextVar("traceparent", default=None)


def current() -> str | None:
    """Of whatever is being done; None outside of every request, event and activity."""
    return _CURRENT.get()


def number() -> str:
    """By which people name what is being done, on a page of an error and to whoever runs the system; empty outside of it."""
    now = current()
    return "" if now is None else id_of(now)[:DIGITS]


def begun() -> str:
    """A new one."""
    return f"{_VERSION}-{secrets.token_hex(16)}-{secrets.token_hex(8)}-{_SAMPLED:02x}"


def joined(said: str | None) -> str:
    """The same trace as somebody says, under a span of one's own; a new one where that is no ``traceparent``."""
    if (found := _found(said)) is None:
        return begun()
    flags = int(found["flags"], 16) & _SAMPLED  # the others are reserved: they are not sent on
    return f"{_VERSION}-{found['trace']}-{secrets.token_hex(8)}-{flags:02x}"


def read(said: str | None) -> str | None:
    """The id of the trace that somebody says; None where that is no ``traceparent``."""
    found = _found(said)
    return None if found is None else found["trace"]


def only(said: Sequence[bytes]) -> str | None:
    """The header, where it came once; several are none (W3C Trace Context, 3.2)."""
    return said[0].decode("latin-1") if len(said) == 1 else None


def id_of(traceparent: str) -> str:
    """The part that is the same in all that belongs together; of one that was made here."""
    return traceparent.split("-")[1]


def _found(said: str | None) -> re.Match[str] | None:
    """Strictly: a later version may say more behind, ours not (W3C Trace Context, 3.2.2)."""
    found = _FORM.fullmatch(said) if said is not None else None
    return None if found is None or (found["more"] and found["version"] == _VERSION) else found


@contextmanager
def bound(traceparent: str) -> Iterator[None]:
    """Whatever is emitted, asked, started or logged inside belongs to it."""
    token = _CURRENT.set(traceparent)
    try:
        with structlog.contextvars.bound_contextvars(**{LOGGED: id_of(traceparent)}):
            yield
    finally:
        _CURRENT.reset(token)


@contextmanager
def nobodys() -> Iterator[None]:
    """What is started inside is not done for the request that happened to start it."""
    token = _CURRENT.set(None)
    try:
        yield
    finally:
        _CURRENT.reset(token)
