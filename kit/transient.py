"""Which errors pass by themselves and are waited for, and which will come again however often it is tried; said once."""

import sys
from collections.abc import Iterator
from enum import Enum

from aiokafka.errors import KafkaError
from pydantic import ValidationError
from sqlalchemy import exc

from kit.errors import KinerjaError

# Classes of SQLSTATE (PostgreSQL, appendix A): connection, resources, an operator's hand, the system's own trouble,
# authorisation, collisions of transactions.
_ENGINE = ("08", "53", "57", "58", "28", "40")
# No such database, read only (after a fail-over, or by its operators), a lock not got, and a schema that the migrations have not reached yet.
_ENGINE_STATES = frozenset({"3D000", "25006", "55P03", "42P01", "42703", "3F000"})
_DATA = ("22", "23")
"""Data exceptions (NUL in a text, a number beyond its column) and broken constraints."""
_TEMPORAL = frozenset(
    {
        "UNAVAILABLE",
        "DEADLINE_EXCEEDED",
        "RESOURCE_EXHAUSTED",
        "ABORTED",
        "CANCELLED",
        "INTERNAL",
        "UNKNOWN",
        "UNAUTHENTICATED",
        "PERMISSION_DENIED",
        "NOT_FOUND",
    }
)
"""Credentials and the namespace too: whoever has changed them must mend them, and no event is to blame."""


class Kind(Enum):
    """What may be expected of another try."""

    TRANSIENT = "an engine is away or overloaded: it comes back"
    NOT_READY = "something has not arrived yet: it may come"
    HOPELESS = "the message or the rules are against it: never"
    DOUBTFUL = "nobody foresaw it: perhaps"


def kind(error: BaseException) -> Kind:
    """What an error means for another try; what a command refuses in its own words counts before what lay behind it."""
    if isinstance(error, KinerjaError):
        return Kind.NOT_READY if error.retryable else Kind.HOPELESS
    if isinstance(error, ValidationError):
        return Kind.HOPELESS
    found = {_one(each) for each in _chain(error)}
    return next((one for one in (Kind.TRANSIENT, Kind.HOPELESS) if one in found), Kind.DOUBTFUL)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what it was raised from. Of what merely went before it, only errors of the driver: a connection that
    broke shows as an error of the tidying-up after it, whereas a file that is missing may be why a word is not known.
    """
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        one = waiting.pop()
        if one is not None and id(one) not in seen:
            seen.add(id(one))
            yield one
            before = one.__context__
            waiting += [one.__cause__, getattr(one, "orig", None)]
            waiting.append(before if isinstance(before, exc.DBAPIError) or hasattr(before, "sqlstate") else None)


def _one(error: BaseException) -> Kind | None:
    state = getattr(error, "sqlstate", None)
    if isinstance(state, str):
        return _of_state(state)
    if isinstance(error, OSError):
        return Kind.TRANSIENT if error.filename is None else None  # the network or a socket, not a file of this program
    if isinstance(error, exc.TimeoutError):  # a pool without a free connection
        return Kind.TRANSIENT
    if isinstance(error, KafkaError):
        return Kind.TRANSIENT if error.retriable else None
    if isinstance(error, exc.DBAPIError):
        return Kind.TRANSIENT if error.connection_invalidated else None
    return _of_driver(error) or _of_temporal(error)


def _of_state(state: str) -> Kind | None:
    if state.startswith(_ENGINE) or state in _ENGINE_STATES:
        return Kind.TRANSIENT
    return Kind.HOPELESS if state.startswith(_DATA) else None


def _of_driver(error: BaseException) -> Kind | None:
    """Asyncpg says "the connection is closed" and "no such value for this parameter" with classes of one family."""
    asyncpg = sys.modules.get("asyncpg")
    if asyncpg is None or not isinstance(error, asyncpg.InterfaceError | asyncpg.InternalClientError):
        return None
    return Kind.HOPELESS if isinstance(error, ValueError) else Kind.TRANSIENT


def _of_temporal(error: BaseException) -> Kind | None:
    """By the module that is loaded: who has no client of Temporal has no such error, and need not pay 25 MB for it."""
    service = sys.modules.get("temporalio.service")
    if service is None or not isinstance(error, service.RPCError):
        return None
    return Kind.TRANSIENT if error.status.name in _TEMPORAL else Kind.HOPELESS
