"""The process aside: ``python -m kit.aside PACKAGE.MODULE:CLASS MEMORY SECONDS`` answers on stdout what stdin asks.

A question is a line of JSON, ``{"ask": method, "about": anything}``, then parts of bytes, each after a line with its
size, then an empty line. The answer is lines of JSON, then one that begins with ``=`` and says how it ended.
Nothing is pickled: whoever made this process go wrong could at most send other data than was asked for.
"""

import errno
import importlib
import json
import os
import resource
import sys
import traceback
from collections.abc import Iterator
from typing import Any, BinaryIO

from kit.aside.bounds import OUT_OF_MEMORY

_FILES = 32
"""Open at once; a workbook needs three."""
_SPARE = 5
_LOADER = ("failed to map segment", "cannot allocate memory")
"""What the dynamic linker says of a library for which there is no room; Python tells it as an ImportError."""


def main() -> None:
    """Answer one question after the other, until there is none."""
    name, memory, seconds = sys.argv[1:]
    _bound(int(memory), int(seconds))
    module, _, kind = name.partition(":")
    work = getattr(importlib.import_module(module), kind)()
    while head := sys.stdin.buffer.readline():
        _answer(work, json.loads(head), sys.stdin.buffer, sys.stdout.buffer)


def _bound(memory: int, seconds: int) -> None:
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, _FILES),
    ):
        _, hard = resource.getrlimit(what)
        # The hard one is higher: a process that is killed was not ended by its own limit.
        soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (soft, soft + _SPARE if hard == resource.RLIM_INFINITY else hard))


def _answer(work: Any, question: dict[str, Any], source: BinaryIO, out: BinaryIO) -> None:
    parts = _parts(source)
    try:
        for one in getattr(work, question["ask"])(question["about"], parts):
            out.write(json.dumps(one, separators=(",", ":")).encode() + b"\n")
            out.flush()
        for _ in parts:
            pass
        ended = "done"
    except Exception as error:  # noqa: BLE001 - told to the parent, which raises
        ended = "memory" if _of_memory(error) else _place(error)
    out.write(f"={ended}\n".encode())
    out.flush()


def _of_memory(error: BaseException) -> bool:
    """Whether there was no memory: the system says so to whoever opens a directory or loads a library as well, and some
    of Python's own functions forget to say anything (SystemError: error return without exception set).
    """
    if isinstance(error, ImportError):
        return any(words in str(error).lower() for words in _LOADER)
    return isinstance(error, MemoryError | SystemError) or (isinstance(error, OSError) and error.errno == errno.ENOMEM)


def _place(error: BaseException) -> str:
    """Kind and place alone: what an error says may quote a person."""
    where = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {where.filename}, line {where.lineno}"


def _parts(source: BinaryIO) -> Iterator[bytes]:
    while size := source.readline().strip():
        yield source.read(int(size))


if __name__ == "__main__":
    try:
        main()
    except Exception as error:
        if _of_memory(error):
            os._exit(OUT_OF_MEMORY)
        raise
