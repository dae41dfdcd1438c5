"""What a route answers: each success and each error can be read by whoever read it before."""

from collections.abc import Iterator
from typing import Any

from kinerja.documents.compatibility import readers
from kinerja.documents.compatibility.breaks import Break, Document
from kinerja.documents.compatibility.schemas import told
from kinerja.documents.compatibility.shapes import Shape, followed

_KEEP = "Go on telling it, and tell the new beside it in a field of its own."


def broken_answers(name: str, route: str, before: Shape, after: Shape) -> Iterator[Break]:
    """What changed in the answers of one route and breaks those who read them."""
    for what in _changed(before, after):
        yield Break(name, route, what, readers.of_answer(route), _KEEP)


def _changed(before: Shape, after: Shape) -> Iterator[str]:
    was, now = _answers(before), _answers(after)
    for status, old in was.items():
        if status in now:
            yield from _answer(status, old, now[status], before.document, after.document)
        elif status.startswith("2"):
            yield f"no longer answers {status}"
    for status in now:
        if status.startswith(("2", "3")) and status not in was:
            yield f"may answer {status} now"


def _answers(operation: Shape) -> dict[str, Document]:
    found = operation.schema.get("responses", {})
    return {status: followed(operation.document, one) for status, one in sorted(found.items())}


def _answer(status: str, old: Document, new: Document, before: Document, after: Document) -> Iterator[str]:
    yield from (
        f"{status} has no header {one} any more" for one in old.get("headers", {}) if one not in new.get("headers", {})
    )
    contents: dict[str, Any] = new.get("content", {})
    for kind, content in old.get("content", {}).items():
        if kind not in contents:
            yield f"{status} is no longer {kind}"
            continue
        shapes = Shape(content.get("schema", {}), before), Shape(contents[kind].get("schema", {}), after)
        yield from (f"{status} {one.place or 'answer'} {one.what}" for one in told(*shapes))
