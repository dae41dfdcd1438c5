"""AsyncAPI: what a service emits may be read by versions that still run, and later by whoever opens the journal."""

from collections.abc import Iterator, Mapping

from kinerja.documents.compatibility import readers
from kinerja.documents.compatibility.breaks import Break, Difference, Document
from kinerja.documents.compatibility.schemas import stored, told
from kinerja.documents.compatibility.shapes import Shape

_OPTIONAL = "Add an optional field beside it, or emit the change as a new version (...v2) beside this one."
_KEEP = "Go on emitting it for 180 days beside what follows it."


def broken_events(name: str, before: Document, after: Document, everywhere: Mapping[str, Document]) -> Iterator[Break]:
    """What changed in one AsyncAPI document and breaks; ``everywhere`` are the documents that name the consumers."""
    was, now = _emitted(before), _emitted(after)
    for event, topic in sorted(was.items()):
        reader = readers.of_event(everywhere, event)
        if event not in now:
            yield Break(name, event, "is no longer emitted", reader, _KEEP)
        elif now[event] != topic:
            yield Break(name, event, f"lies in {now[event]} and no longer in {topic}", reader, _KEEP)
        else:
            yield from _broken_event(name, event, before, after, reader)


def _broken_event(name: str, event: str, before: Document, after: Document, reader: str) -> Iterator[Break]:
    old, new = before["components"]["messages"][event], after["components"]["messages"][event]
    if new.get("x-internal") and not old.get("x-internal"):
        yield Break(
            name, event, "is internal now, so nobody outside gets it any more", "whoever subscribed to it", _KEEP
        )
    for part, of in (("headers", "header "), ("payload", "")):
        shapes = Shape(old[part], before), Shape(new[part], after)
        found = list(told(*shapes))
        for one in found:
            yield Break(name, event, of + _said(one), reader, _OPTIONAL)
        for one in stored(*shapes):
            if one.place not in {there.place for there in found}:
                yield Break(name, event, of + _said(one), readers.JOURNAL, _OPTIONAL)


def _emitted(document: Document) -> dict[str, str]:
    """The events that the service emits itself, and the address of their channel."""
    emits = document.get("operations", {}).get("emit")
    if emits is None:
        return {}
    channel = str(emits["channel"]["$ref"]).rpartition("/")[2]
    address = str(document["channels"][channel]["address"])
    return {str(one["$ref"]).rpartition("/")[2]: address for one in emits["messages"]}


def _said(one: Difference) -> str:
    return f"{one.place or 'the message'} {one.what}"
