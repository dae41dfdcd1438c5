"""The layers that ship with the software: ``deploy/regulations/<name>.yaml`` and ``deploy/provinces/<code>.yaml``."""

import re
from functools import cache
from pathlib import Path

from kit.files.documents import Document, read_document
from kit.files.errors import FileErrors

ROOT = Path(__file__).parents[1]
DIRECTORIES = (ROOT / "deploy" / "regulations", ROOT / "deploy" / "provinces")
_NAME = re.compile(r"[a-z0-9-]+")


@cache
def shipped(name: str) -> Document | None:
    """The regulation or province of that name as written, or None if there is none."""
    if not _NAME.fullmatch(name):
        return None
    for path in (directory / f"{name}.yaml" for directory in DIRECTORIES):
        if not path.is_file():
            continue
        errors = FileErrors()
        document = read_document(str(path.relative_to(ROOT)), path.read_bytes(), errors)
        if document is None or errors:
            raise ValueError(f"{path.name} does not hold: {errors.found}")
        return document
    return None
