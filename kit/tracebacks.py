"""Tracebacks for logs: where something broke and what kind of error it was, without what people wrote.

PostgreSQL puts rows into its messages (``DETAIL: Key (nip)=(...) already exists``, ``invalid input for query argument $3:
'...'``), pydantic the values that it refuses. Logs have other readers than the databases.
"""

import re
import traceback
from collections.abc import Iterator

import asyncpg
from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError
from structlog.typing import EventDict, ExcInfo, WrappedLogger

_DATABASE = (DBAPIError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)
_SAID = ("sqlstate", "schema_name", "table_name", "column_name", "constraint_name")
_QUOTING = re.compile(
    r"""(\\n|\s)*\b(DETAIL|CONTEXT|HINT|WHERE):\s.*      # PostgreSQL's further lines, also in the repr of an error
    |\[(SQL|parameters):\s.*                              # SQLAlchemy's
    |(?<=invalid\ input)[^:]*:.*                          # invalid input syntax for type uuid: "..."
    |\binput_value=.*                                     # pydantic's
    """,
    re.DOTALL | re.VERBOSE,
)
"""Where a message begins to quote what was written."""


def without_quotes(exc_info: ExcInfo) -> str:
    """A traceback with its causes, oldest first, whose database and validation errors say their kind alone."""
    return "\n".join(_lines(exc_info[1], set()))


def _lines(error: BaseException | None, seen: set[int], *, quoting: bool = False) -> Iterator[str]:
    """``quoting``: what this error led to is the database's, so that its own message may quote as well."""
    if error is None or id(error) in seen:
        return
    seen.add(id(error))
    quoting = quoting or isinstance(error, _DATABASE)
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        yield from _lines(cause, seen, quoting=quoting)
        yield "\nwhich led to:\n"
    yield "Traceback (most recent call last):"
    yield "".join(traceback.format_tb(error.__traceback__)).rstrip()
    yield _kind(error) if quoting and not isinstance(error, _DATABASE) else said(error)
    for inner in error.exceptions if isinstance(error, BaseExceptionGroup) else ():
        yield from _lines(inner, seen)


def said(error: BaseException) -> str:
    """The error in one line; of a database error its state and the names of what it is about."""
    kind = _kind(error)
    if isinstance(error, ValidationError):
        return f"{kind}: {error.error_count()} errors in {error.title}: {_places(error)}"
    if not isinstance(error, _DATABASE):
        return f"{kind}: {_QUOTING.sub(' ...', str(error))}"
    origin = getattr(error, "orig", None) or error
    origin = origin.__cause__ or origin  # SQLAlchemy's dialect wraps asyncpg's error once more
    known = {name: getattr(origin, name, None) for name in _SAID}
    return f"{kind}: {type(origin).__name__} {' '.join(f'{name}={value}' for name, value in known.items() if value)}"


def _kind(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"


def _places(error: ValidationError) -> str:
    found = error.errors(include_url=False, include_context=False, include_input=False)
    return ", ".join(f"{'.'.join(map(str, one['loc']))[:100]} ({one['type']})" for one in found[:20])


def strip_quotes(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """A processor: texts of errors that somebody logs by hand lose what the database quotes in them."""
    return {name: _QUOTING.sub(" ...", one) if isinstance(one, str) else one for name, one in event.items()}
