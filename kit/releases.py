"""Which software answers: its version, and the newest migration that it knows."""

from functools import cache
from pathlib import Path

VERSION = "0.1.0"
"""As in ``pyproject.toml``."""
_SERVICES = Path(__file__).parent.parent / "services"


@cache
def newest_revision(service: str) -> str:
    """The file of a service's newest migration, e.g. ``0017_traceparent``; a database is brought there before it answers."""
    found = (_SERVICES / service / "migrations" / "versions").glob("[0-9]*.py")
    return max((one.stem for one in found), default="")
