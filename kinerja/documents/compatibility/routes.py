"""OpenAPI: what a route took it goes on taking, and what it answered can be read as before."""

import re
from collections.abc import Iterator
from typing import Any

from kinerja.documents.compatibility import readers
from kinerja.documents.compatibility.answers import broken_answers
from kinerja.documents.compatibility.breaks import Break, Difference, Document
from kinerja.documents.compatibility.schemas import taken
from kinerja.documents.compatibility.shapes import Shape, followed

_BESIDE = "Keep the route as it is for 180 days and put the other beside it."
_OPTIONAL = "Take it as an option, or put a route of a new version beside this one."
_METHODS = ("get", "put", "post", "delete", "patch", "head", "options")


def broken_routes(name: str, before: Document, after: Document) -> Iterator[Break]:
    """What changed in one OpenAPI document and breaks."""
    now = {_route(method, path): operation for path, method, operation in _operations(after)}
    for path, method, old in _operations(before):
        route = f"{method.upper()} {path}"
        new = now.get(_route(method, path))
        if new is None:
            yield Break(name, route, "is gone", f"every program that asks {route}", _BESIDE)
            continue
        for what in _refused(before, after, old, new):
            yield Break(name, route, what, readers.of_request(route), _OPTIONAL)
        yield from broken_answers(name, route, Shape(old, before), Shape(new, after))


def _operations(document: Document) -> Iterator[tuple[str, str, Document]]:
    for path, methods in sorted(document.get("paths", {}).items()):
        for method in _METHODS:
            if method in methods:
                yield path, method, {**methods[method], "path": path}


def _route(method: str, path: str) -> tuple[str, str]:
    """Parameters of the path have no names on the wire."""
    return method, re.sub(r"\{[^}]*\}", "{}", path)


def _refused(before: Document, after: Document, old: Document, new: Document) -> Iterator[str]:
    yield from _parameters(before, after, old, new)
    yield from _body(before, after, old, new)
    if new.get("security") and not old.get("security"):
        yield "wants a token now"
    for scheme, scopes in _scopes(new).items():
        if more := sorted(scopes - _scopes(old).get(scheme, scopes)):
            yield f"wants the scope {', '.join(more)} now"


def _scopes(operation: Document) -> dict[str, set[str]]:
    return {name: set(scopes) for one in operation.get("security") or [] for name, scopes in one.items()}


def _parameters(before: Document, after: Document, old: Document, new: Document) -> Iterator[str]:
    was, now = _named(before, old), _named(after, new)
    for key, one in was.items():
        where = f"{key[0]} parameter {key[1]}"
        if key not in now:
            yield f"{where} is no longer known"
            continue
        if now[key].get("required") and not one.get("required"):
            yield f"{where} is required now"
        shapes = Shape(one.get("schema", {}), before), Shape(now[key].get("schema", {}), after)
        yield from (f"{where} {_said(difference)}" for difference in taken(*shapes))
    yield from (
        f"{key[0]} parameter {key[1]} is required now"
        for key, one in now.items()
        if key not in was and one.get("required")
    )


def _named(document: Document, operation: Document) -> dict[tuple[str, str], Document]:
    """Parameters by place and name; those of the path by their order."""
    order = re.findall(r"\{([^}]*)\}", operation["path"])
    found = [followed(document, one) for one in operation.get("parameters", [])]
    return {(one["in"], str(order.index(one["name"])) if one["in"] == "path" else one["name"]): one for one in found}


def _body(before: Document, after: Document, old: Document, new: Document) -> Iterator[str]:
    was: Any = followed(before, old.get("requestBody", {}))
    now: Any = followed(after, new.get("requestBody", {}))
    if now.get("required") and not was.get("required"):
        yield "wants a body now"
    if was and not now:
        yield "takes no body any more"
        return
    for kind, content in was.get("content", {}).items():
        if kind not in now.get("content", {}):
            yield f"takes no {kind} any more"
            continue
        shapes = Shape(content.get("schema", {}), before), Shape(now["content"][kind].get("schema", {}), after)
        yield from (f"body {_said(difference)}" for difference in taken(*shapes))


def _said(one: Difference) -> str:
    return f"{one.place} {one.what}".strip()
