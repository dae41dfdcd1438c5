"""What people send as text, made sure of before anybody works with it: it can be stored, and it is JSON where it should be.

PostgreSQL's text holds neither NUL nor half a surrogate pair. One look at the whole request, whatever fields it has, so
that no model and no query must think of it.
"""

import json
from collections.abc import Iterator
from email.message import Message
from typing import Any, NoReturn

from starlette.requests import Request

from kit.errors import Invalid
from kit.malformed import SHAPE, where

KEY = "Idempotency-Key"
LONGEST_KEY = 255
"""Characters of an Idempotency-Key; it is part of a primary key."""
_NO_TEXT = (
    "text must not have NUL characters or half surrogate pairs: remove them",
    "teks tidak boleh memuat karakter NUL atau surrogate yang tidak lengkap: hapuslah",
)
_NO_JSON = (
    "this is no JSON in UTF-8 (RFC 8259): numbers are finite and of at most 4,300 digits, nothing is nested endlessly",
    "ini bukan JSON dalam UTF-8 (RFC 8259): bilangan terhingga dan paling banyak 4.300 angka, tanpa sarang tanpa akhir",
)
_NO_KEY = (
    f"{KEY} has 1 to {LONGEST_KEY} characters",
    f"{KEY} berisi 1 sampai {LONGEST_KEY} karakter",
)
_Path = tuple[int | str, ...]


def storable(text: str) -> bool:
    """Whether PostgreSQL's text can hold it."""
    return "\0" not in text and (text.isascii() or not any("\ud800" <= one <= "\udfff" for one in text))


def require_readable(request: Request) -> None:
    """The path, the query and the headers that are kept; raises Invalid with each place that is wrong."""
    parts = [*((("path", name), value) for name, value in request.path_params.items())]
    parts += [(("query", name), value) for name, value in request.query_params.multi_items()]
    parts += [(("header", name), value) for name, value in request.headers.items()]
    _refuse([path for path, value in parts if not (storable(str(path[-1])) and storable(str(value)))])
    key = request.headers.get(KEY)
    if key is not None and not 1 <= len(key) <= LONGEST_KEY:
        _invalid(("header", KEY), "string_too_long", _NO_KEY)


def parsed(request: Request, body: bytes) -> Any:
    """The body as JSON if the request says that it is; None if it is something else. Raises Invalid."""
    if not body or not _says_json(request):
        return None
    try:
        # Decoded here: Python's JSON would take UTF-16 as well, and half surrogate pairs as if they were UTF-8.
        found = json.loads(body.decode(), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:  # what is no UTF-8 is a ValueError, too
        raise Invalid(*SHAPE, errors=_errors([("body",)], "json_invalid", _NO_JSON)) from error
    if b"\\u" in body:  # only written so can it be in what UTF-8 and JSON let through
        _refuse(list(_unstorable(found, ("body",))))
    return found


def _says_json(request: Request) -> bool:
    """As FastAPI decides it."""
    message = Message()
    message["content-type"] = request.headers.get("content-type", "")
    kind = message.get_content_subtype()
    return message.get_content_maintype() == "application" and (kind == "json" or kind.endswith("+json"))


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")


def _unstorable(value: Any, path: _Path) -> Iterator[_Path]:
    """Without recursion of our own making: the parser has a limit of depth, and this goes no deeper."""
    waiting: list[tuple[Any, _Path]] = [(value, path)]
    while waiting:
        one, here = waiting.pop()
        if isinstance(one, str):
            if not storable(one):
                yield here
        elif isinstance(one, dict):
            yield from (here for name in one if not storable(name))
            waiting += [(item, (*here, name)) for name, item in one.items()]
        elif isinstance(one, list):
            waiting += [(item, (*here, number)) for number, item in enumerate(one)]


def _refuse(places: list[_Path]) -> None:
    if places:
        raise Invalid(*SHAPE, errors=_errors(places[:_MOST], "string_unicode", _NO_TEXT))


_MOST = 100
"""So many places are told; more would only make the answer as large as the request."""


def _errors(places: list[_Path], kind: str, words: tuple[str, str]) -> list[dict[str, Any]]:
    return [{"where": where(one), "type": kind, "detail": words} for one in places]


def _invalid(place: _Path, kind: str, words: tuple[str, str]) -> NoReturn:
    raise Invalid(*SHAPE, errors=_errors([place], kind, words))
