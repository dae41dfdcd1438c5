"""docs/runbooks.md, made from the runbooks that the portal declares."""

from importlib import import_module
from pathlib import Path

from kinerja.documents.written import PLACE

RUNBOOKS = PLACE.parent / "runbooks.md"


def page() -> str:
    """All runbooks in English, as Markdown."""
    made: str = import_module("services.portal.runbooks.document").text()
    return made


def write(path: Path) -> list[str]:
    """Bring the page up to date; returns its name if it changed."""
    text = page()
    changed = not path.exists() or path.read_text() != text
    path.write_text(text)
    return [path.name] if changed else []
