"""All documents together: what was published against what the code makes now."""

from collections.abc import Iterator, Mapping

from kinerja.documents.compatibility.breaks import Break, Document
from kinerja.documents.compatibility.events import broken_events
from kinerja.documents.compatibility.facts import broken_facts, broken_policies
from kinerja.documents.compatibility.routes import broken_routes

POLICY = "policy.schema.json"
Documents = Mapping[str, Document]


def breaks(before: Documents, after: Documents) -> list[Break]:
    """Every break, each once; documents by the name of their file, whose ending says what they are."""
    found = {one.key: one for name in sorted(before) for one in _broken(name, before, after)}
    return list(found.values())


def _broken(name: str, before: Documents, after: Documents) -> Iterator[Break]:
    if before[name] == after.get(name):
        return
    if name not in after:
        yield Break(name, name, "is no longer published", "whoever reads it", "Keep what it describes for 180 days.")
    elif name.endswith(".openapi.json"):
        yield from broken_routes(name, before[name], after[name])
    elif name.endswith(".asyncapi.json"):
        yield from broken_events(name, before[name], after[name], before)
    elif name == POLICY:
        yield from broken_policies(name, before[name], after[name])
    elif name.endswith(".schema.json"):
        yield from broken_facts(name, before[name], after[name])
