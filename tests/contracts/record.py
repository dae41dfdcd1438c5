"""Writes the golden files from the samples: ``make golden``, after an event or a field was added.

A file that was recorded before is kept under ``earlier`` when its event gets a field: such messages lie in journals and
must be understood for ever. A field that went, or means something else, is refused: that is another version of the event.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from contracts.base import Event
from contracts.known import every_event
from tests.contracts.samples import sample

GOLDEN = Path(__file__).parent / "golden"


def known_events() -> list[str]:
    """The types of all events that services tell one another."""
    return sorted(every_event())


def record(name: str, directory: Path = GOLDEN) -> str | None:
    """Write the file of one event if it has to be; returns what was done; raises ValueError where messages would break.

    What is recorded stays as long as it is told the same way today, whatever else the sample would say.
    """
    path = directory / f"{name}.json"
    if not path.exists():
        _write(path, _sampled(name))
        return f"new: {path.name}"
    recorded = json.loads(path.read_text(encoding="utf-8"))
    today = _read_and_told(name, recorded)
    if today == recorded:
        return None
    if gone := sorted(set(_fields(recorded)) - set(_fields(today))):
        raise ValueError(f"{name} has lost {', '.join(gone)}: keep it, or give the event a new version")
    added = sorted(set(_fields(today)) - set(_fields(recorded)))
    if not added:
        raise ValueError(f"{name} tells values of old messages otherwise: give the event a new version")
    _keep(directory / "earlier" / path.name, recorded)
    _write(path, _sampled(name))
    return f"changed: {path.name} has {', '.join(added)}; what was recorded is kept in earlier/"


def _sampled(name: str) -> object:
    return json.loads(sample(Event.known[name]).model_dump_json())


def _read_and_told(name: str, recorded: object) -> object:
    """What today's code makes of a recorded message."""
    try:
        event = Event.known[name].model_validate_json(json.dumps(recorded))
    except ValidationError as error:
        where = ", ".join(".".join(map(str, one["loc"])) for one in error.errors())
        raise ValueError(f"{name} cannot read what was recorded ({where}): give a new field a default") from error
    return json.loads(event.model_dump_json())


def _keep(earlier: Path, recorded: object) -> None:
    """The oldest one stays: whoever understands it understands those between."""
    if not earlier.exists():
        _write(earlier, recorded)


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def _fields(content: Any, above: str = "") -> Iterator[str]:
    """Dotted names of all fields; one item speaks for its list."""
    if isinstance(content, list):
        content = content[0] if content else None
    if isinstance(content, dict):
        for name, value in content.items():
            yield f"{above}{name}"
            yield from _fields(value, f"{above}{name}.")


def main() -> int:
    """Write all; 1 if something was refused."""
    refused = False
    names = known_events()
    for path in sorted(GOLDEN.glob("*.json")):
        if path.stem not in names:
            print(
                f"{path.name} belongs to no event: bring the event back, its messages lie in journals", file=sys.stderr
            )
            refused = True
    for name in names:
        try:
            if done := record(name):
                print(done)
        except ValueError as error:
            print(error, file=sys.stderr)
            refused = True
    return int(refused)


if __name__ == "__main__":
    sys.exit(main())
