"""Bytes on a disk: what lies there, what is free, and how people say so."""

import os
import re
from pathlib import Path

from kinerja.stack.errors import StackError

_UNITS = {"": 0, "K": 1, "M": 2, "G": 3, "T": 4}
_SAID = re.compile(r"(\d+(?:\.\d+)?)\s*([KMGT]?)(?:I?B)?", re.IGNORECASE)
_BLOCK = 512
"""Bytes of what ``st_blocks`` counts, whatever the disk's own blocks are."""


def bytes_said(text: str) -> int:
    """``200G``, ``1.5 TB`` or plain bytes, in steps of 1024; raises StackError for anything else."""
    if (found := _SAID.fullmatch(text.strip())) is None:
        raise StackError(f"--free wants bytes, e.g. 200G or 1.5T; not {text!r}")
    return int(float(found[1]) * 1024 ** _UNITS[found[2].upper()])


def shown(size: float) -> str:
    """In the largest unit of which there is one: ``812 kB``, ``1.4 GB`` (steps of 1024)."""
    for unit in ("B", "kB", "MB", "GB"):
        if abs(size) < 1024:
            return f"{size:.0f} {unit}" if unit in ("B", "kB") or size >= 100 else f"{size:.1f} {unit}"
        size /= 1024
    return f"{size:.1f} TB"


def taken(*places: Path) -> int:
    """The bytes that files and folders take on the disk; what vanishes meanwhile counts nothing."""
    return sum(_file(place) + _below(place) for place in places)


def _below(place: Path) -> int:
    return sum(_file(Path(folder, name)) for folder, _, names in os.walk(place) for name in names)


def _file(path: Path) -> int:
    try:
        return path.lstat().st_blocks * _BLOCK
    except OSError:
        return 0
