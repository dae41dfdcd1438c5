"""Who reads what: consumers are named by the documents themselves, the others by what they do."""

from collections.abc import Iterator, Mapping
from typing import Any

from kinerja.documents.compatibility.breaks import Document

JOURNAL = "whoever reads the journal or its feed, where messages of before lie for years"


def of_answer(route: str) -> str:
    """Whoever reads what a route answers."""
    return f"every program that reads the answer of {route}"


def of_request(route: str) -> str:
    """Whoever sends something to a route."""
    return f"every program that sends {route} as it was published"


def of_event(documents: Mapping[str, Document], name: str) -> str:
    """Consumer groups that hear the event, else those outside; internal events have none outside."""
    groups = sorted({group for document in documents.values() for group in _hearing(document, name)})
    outside = not any(_message(document, name).get("x-internal") for document in documents.values())
    inside = f"consumer {', '.join(groups)} in a version that still runs" if groups else ""
    return " and ".join(part for part in (inside, "whoever subscribed to it" if outside else "") if part) or JOURNAL


def _hearing(document: Document, name: str) -> Iterator[str]:
    for operation in document.get("operations", {}).values():
        heard = {str(one["$ref"]).rpartition("/")[2] for one in operation.get("messages", [])}
        if operation.get("action") == "receive" and name in heard:
            yield operation.get("bindings", {}).get("kafka", {}).get("groupId", {}).get("const", "unknown")


def _message(document: Document, name: str) -> dict[str, Any]:
    found: dict[str, Any] = document.get("components", {}).get("messages", {}).get(name, {})
    return found
