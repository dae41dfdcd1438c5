"""The key that the secrets of webhooks are encrypted with; beside the database and not in it."""

import base64
import os
from pathlib import Path


def ensure(keys: Path, *, mode: int = 0o600) -> bool:
    """Make the file with one key unless it is there; returns whether it was made.

    Another key is put in front by hand: the first line encrypts, every line opens.
    """
    if keys.exists():
        return False
    line = base64.b64encode(os.urandom(32)) + b"\n"
    with os.fdopen(os.open(keys, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:
        file.write(line)
    return True
