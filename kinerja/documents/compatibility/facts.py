"""JSON Schemas: of facts that integrators subscribe to and read again years later, and of policies that cities have written."""

from collections.abc import Iterator

from kinerja.documents.compatibility import readers
from kinerja.documents.compatibility.breaks import Break, Document
from kinerja.documents.compatibility.schemas import stored, taken, told
from kinerja.documents.compatibility.shapes import Shape

_OPTIONAL = "Add an optional field, or publish a new version beside this one and keep both for 180 days."


def broken_facts(name: str, before: Document, after: Document) -> Iterator[Break]:
    """What changed in the schema of one published fact and breaks; also its address, which every message names."""
    subject, shapes = name.removesuffix(".schema.json"), (Shape(before, before), Shape(after, after))
    if before.get("$id") != after.get("$id"):
        what = f"is published as {after.get('$id')} and no longer as {before.get('$id')}"
        yield Break(name, subject, what, "whoever follows the `dataschema` of a message", _OPTIONAL)
    found = list(told(*shapes))
    for one in found:
        yield Break(name, subject, f"{one.place} {one.what}".strip(), f"every integrator who gets {subject}", _OPTIONAL)
    for one in stored(*shapes):
        if one.place not in {there.place for there in found}:
            yield Break(name, subject, f"{one.place} {one.what}".strip(), readers.JOURNAL, _OPTIONAL)


def broken_policies(name: str, before: Document, after: Document) -> Iterator[Break]:
    """What a city may have written in its policy and may not write any more; another default is another rule."""
    for one in taken(Shape(before, before), Shape(after, after)):
        reader = "every city whose policy says so, and cycles that froze it"
        yield Break(name, "policy", f"{one.place} {one.what}".strip(), reader, "Take the old word beside the new one.")
