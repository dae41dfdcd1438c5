"""The national layers that ship with the software: ``deploy/regulations/<name>.yaml``."""

import re
from functools import cache
from pathlib import Path

from services.registry.files.documents import read_document
from services.registry.files.mistakes import Mistakes

DIRECTORY = Path(__file__).parents[3] / "deploy" / "regulations"
_NAME = re.compile(r"[a-z0-9-]+")


@cache
def regulation(name: str) -> dict[str, object] | None:
    """The layer of that name, or None if there is none."""
    path = DIRECTORY / f"{name}.yaml"
    if not _NAME.fullmatch(name) or not path.is_file():
        return None
    mistakes = Mistakes()
    document = read_document(path.name, path.read_bytes(), mistakes)
    if document is None or mistakes:
        raise ValueError(f"{path.name} does not hold: {mistakes.found}")
    return document.data
