"""The documents as they were last released, kept beside today's, and the breaks that somebody accepted since, with the reason."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from kinerja.documents.compatibility.breaks import Break
from kinerja.documents.compatibility.judging import breaks
from kinerja.documents.written import PLACE

RELEASED = PLACE / "released"
_ACCEPTED = "accepted.json"


def published(place: Path = RELEASED) -> dict[str, Any]:
    """Every document that readers were promised, by the name of its file."""
    return {path.name: json.loads(path.read_text()) for path in sorted(place.glob("*.json")) if path.name != _ACCEPTED}


def refused(made: Mapping[str, str], place: Path = RELEASED) -> list[Break]:
    """What these documents break since the release, without what was accepted."""
    known = {one["break"] for one in accepted(place) if one["released"] is None}
    now = {name: json.loads(text) for name, text in made.items()}
    return [one for one in breaks(published(place), now) if one.key not in known]


def accepted(place: Path = RELEASED) -> list[dict[str, Any]]:
    """What was accepted: the break, why, on which day, and the day of the release that readers got it with."""
    path = place / _ACCEPTED
    found: list[dict[str, Any]] = json.loads(path.read_text()) if path.exists() else []
    return found


def accept(found: list[Break], reason: str, today: date, place: Path = RELEASED) -> None:
    """Write down that these breaks are meant; raises ValueError without a reason."""
    if not reason.strip():
        raise ValueError("a break is accepted with a reason: --accept 'why, and what readers do instead'")
    more = [
        {"break": one.key, "reason": reason.strip(), "accepted": today.isoformat(), "released": None} for one in found
    ]
    _write(place, accepted(place) + more)


def release(made: Mapping[str, str], today: date, place: Path = RELEASED) -> list[str]:
    """Make these documents what readers are promised; returns the names of those that changed or went.

    Raises ValueError if they break somebody and nobody accepted it.
    """
    if found := refused(made, place):
        raise ValueError(f"{len(found)} changes break readers and nobody accepted them: {found[0].sentence}")
    place.mkdir(parents=True, exist_ok=True)
    there = {path.name: path.read_text() for path in place.glob("*.json") if path.name != _ACCEPTED}
    for name, text in made.items():
        (place / name).write_text(text)
    for name in there.keys() - made.keys():
        (place / name).unlink()
    _write(place, [{**one, "released": one["released"] or today.isoformat()} for one in accepted(place)])
    return sorted(name for name in made.keys() | there.keys() if made.get(name) != there.get(name))


def _write(place: Path, entries: list[dict[str, Any]]) -> None:
    place.mkdir(parents=True, exist_ok=True)
    (place / _ACCEPTED).write_text(json.dumps(entries, indent=2, ensure_ascii=False) + "\n")
