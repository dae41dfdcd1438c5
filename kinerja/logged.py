"""What the processes of a local stack said of a request in their logs: a refused one has no event, and nothing else."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kit.traceparent import LOGGED

_APART = {"timestamp", "level", "event", "service", "exception", LOGGED}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a log."""

    at: str
    """UTC, as ISO 8601 has it."""
    process: str
    level: str
    said: str
    """The message, what belongs to it as ``name=value``, and of an error what it was in the end."""
    trace_id: str

    def __str__(self) -> str:
        return f"{self.at.replace('T', ' ')[:23]} {self.process} {self.level}: {self.said}"


def lines(directory: Path, digits: str) -> list[Line]:
    """Of every trace whose id begins so, oldest first; of the run before, too. Reads every log from end to end."""
    paths = [*directory.glob("*.log.1"), *directory.glob("*.log")]
    return sorted((line for path in paths for line in _of(path, digits)), key=lambda one: one.at)


def _of(path: Path, digits: str) -> Iterator[Line]:
    process = path.name.partition(".log")[0]
    with path.open(errors="replace") as log:
        for said in _objects(text for text in log if f'"{digits}' in text):
            if (trace_id := str(said.get(LOGGED, ""))).startswith(digits):
                yield Line(str(said.get("timestamp", "")), process, str(said.get("level", "")), _said(said), trace_id)


def _objects(texts: Iterable[str]) -> Iterator[Mapping[str, Any]]:
    """What is no object was said by somebody else, or is not yet written to its end."""
    for text in texts:
        try:
            found = json.loads(text)
        except ValueError:
            continue
        if isinstance(found, dict):
            yield found


def _said(line: Mapping[str, Any]) -> str:
    more = [f"{name}={value}" for name, value in line.items() if name not in _APART and value is not None]
    error = str(line.get("exception", "")).strip().rpartition("\n")[2]
    return " ".join([str(line.get("event", "")), *more, *([error] if error else [])])
