"""From the service's list to what the pages of coaching show."""

from collections.abc import Sequence
from typing import Any

Json = dict[str, Any]
GROUPS = ("given", "received", "asked", "heard")
"""What the reader has to do with it: gives it, receives it, asked for it, or hears what came of it."""


def running_first(found: Sequence[Json]) -> list[Json]:
    """Those that run, then those that were held; the newest of each first."""
    newest = sorted(found, key=lambda one: str(one["asked_at"]), reverse=True)
    return [*(one for one in newest if not one["held_on"]), *(one for one in newest if one["held_on"])]


def groups(found: Sequence[Json], reader: str) -> list[tuple[str, list[Json]]]:
    """Each once, under what comes first of :data:`GROUPS`; groups of nothing are left out."""
    sorted_: dict[str, list[Json]] = {one: [] for one in GROUPS}
    for one in running_first(found):
        sorted_[_group(one, reader)].append(one)
    return [(key, some) for key, some in sorted_.items() if some]


def _group(one: Json, reader: str) -> str:
    if one["coach_id"] == reader:
        return "given"
    if one["servant_id"] == reader:
        return "received"
    return "asked" if one["rater_id"] == reader else "heard"
