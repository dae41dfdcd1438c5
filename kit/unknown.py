"""Names that a route does not know are refused: a field or parameter that was meant to do something is never dropped.

One rule for every route: what the query, the body (however deeply nested) or a form names must be declared. It is asked
before pydantic is, because values that travel in events are silent about what a later version adds (``Frozen``).
"""

from collections.abc import Callable, Collection, Coroutine, Iterable, Iterator
from difflib import get_close_matches
from typing import Any, NamedTuple

from fastapi import Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic import BaseModel

from kit.errors import UnknownName
from kit.malformed import where
from kit.shapes import fields_of, items_of, named, shapes_of, takes_anything, union

Path = tuple[int | str, ...]
_MOST = 100
"""So many places are told, and so many known names; more would only make the answer as large as the request."""
_MEANT = {
    "after": "cursor",
    "page": "cursor",
    "offset": "cursor",
    "next": "cursor",
    "size": "limit",
    "per_page": "limit",
    "pagesize": "limit",
}
"""What lists of other systems call it: spelt differently, and near all the same."""


class Known(NamedTuple):
    """What one route declares."""

    query: frozenset[str]
    body: Any
    """The type of its JSON body; None where it takes none."""

    @classmethod
    def of(cls, route: APIRoute) -> "Known":
        """From what FastAPI found in the endpoint and whatever it depends on."""
        field = route.body_field
        return cls(frozenset(_query(route.dependant)), None if field is None else field.field_info.annotation)

    def require_query(self, request: Request) -> None:
        """Raises UnknownName for a query parameter that the route does not take."""
        require_named(("query",), request.query_params.keys(), self.query)

    def require_body(self, content: Any) -> None:
        """Raises UnknownName for a field of a JSON body, at any depth, that no model of the route has."""
        found = list(_unknown(content, [self.body]))
        if found:
            raise _refusal(found)


class Strict(APIRoute):
    """A route without a token that knows its parameters; whatever wants a token is ``kit.guarded.Guarded``."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Wrap FastAPI's handler."""
        inner, known = super().get_route_handler(), Known.of(self)

        async def handle(request: Request) -> Response:
            known.require_query(request)
            return await inner(request)

        return handle


def require_named(place: Path, names: Iterable[str], known: Collection[str]) -> None:
    """Raises UnknownName for each of these names that is not known there, e.g. the parts of a form."""
    found = [((*place, name), frozenset(known)) for name in dict.fromkeys(names) if name not in known]
    if found:
        raise _refusal(found)


def nearest(name: str, known: Collection[str]) -> str | None:
    """The known name that was most likely meant; None where nothing is known at all."""
    meant = _MEANT.get(name.lower())
    if meant in known:
        return meant
    return next(iter(get_close_matches(name[:_MOST], sorted(known), n=1, cutoff=0.0)), None)


def _refusal(found: list[tuple[Path, frozenset[str]]]) -> UnknownName:
    """Each place with the nearest known name; the first of them is in the sentence itself."""
    told = [_told(place, known) for place, known in found[:_MOST]]
    (en, indonesian), first = told[0]["detail"], told[0]["where"]
    return UnknownName(f"{first}: {en}", f"{first}: {indonesian}", errors=told)


def _told(place: Path, known: frozenset[str]) -> dict[str, Any]:
    near = nearest(str(place[-1]), known)
    names = sorted(known)[:_MOST]
    if near is None:
        words = ("nothing is taken here: leave it out", "di sini tidak ada isian: hapuslah")
    else:
        words = (
            f"this name is not known; the nearest is {near} (known: {', '.join(names)})",
            f"nama ini tidak dikenal; yang terdekat {near} (dikenal: {', '.join(names)})",
        )
    return {"where": where(place), "type": "unknown_name", "detail": words, "nearest": near, "known": names}


def _query(dependant: Dependant) -> Iterator[str]:
    for field in dependant.query_params:
        annotation = field.field_info.annotation
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            yield from fields_of(annotation)
        else:
            yield field.alias
    for one in dependant.dependencies:
        yield from _query(one)


def _unknown(content: Any, types: list[Any]) -> Iterator[tuple[Path, frozenset[str]]]:
    """Without recursion: what was sent may be nested as deeply as the parser allows."""
    waiting: list[tuple[Any, list[Any], Path]] = [(content, types, ("body",))]
    while waiting:
        value, kinds, here = waiting.pop()
        shapes = [shape for kind in kinds for shape in shapes_of(kind)]
        if isinstance(value, list):
            items = [item for shape in shapes for item in items_of(shape)]
            waiting += [(one, items, (*here, number)) for number, one in enumerate(value)] if items else []
        elif isinstance(value, dict) and not any(map(takes_anything, shapes)):
            objects = [one for shape in shapes if (one := named(shape, value)) is not None]
            if not objects and kinds != [None]:
                continue  # no object belongs here at all: pydantic says what does
            known = union(objects)
            yield from (((*here, name), frozenset(known)) for name in value if name not in known)
            waiting += [(one, known[name], (*here, name)) for name, one in value.items() if name in known]
