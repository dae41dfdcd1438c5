"""From the services' answers to what the pages of results show."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from contracts.base import Predicate
from services.portal.cycles.queries import Cycle

Json = Mapping[str, Any]
OVERALL = ("result_rating", "behaviour_rating")
"""What may be contested beside single criteria."""


_RANKS = tuple(one.value for one in reversed(Predicate))
"""From the lowest to the highest."""


def ordered(results: Sequence[Json]) -> list[Json]:
    """The newest first."""
    return sorted(results, key=lambda one: (str(one["issued_at"]), int(one["version"])), reverse=True)


def labels(cycle: Cycle | None, language: str) -> dict[str, str]:
    """Names of the criteria by code."""
    criteria = cycle.policy.get("criteria", ()) if cycle else ()
    return {one["code"]: one["label"][language] for one in criteria}


def criteria(values: Mapping[str, Any] | None, named: Mapping[str, str]) -> list[tuple[str, Any]]:
    """Each criterion by its name with its score."""
    return [(named.get(code, code), value) for code, value in (values or {}).items()]


def trend(results: Sequence[Json]) -> str:
    """Of the newest result beside the one before it, by predicate: ``up``, ``same`` or ``down``; ``first`` of the only one."""
    places = [_RANKS.index(one["predicate"]) for one in results if one["predicate"] in _RANKS]
    if len(places) < 2:
        return "first"
    newest, before = places[:2]
    return "same" if newest == before else "up" if newest > before else "down"


def days_left(until: str | None, now: datetime, zone: str) -> int | None:
    """Whole days to the last one on which an objection is taken: 0 on that day, negative after it."""
    if not until:
        return None
    city = ZoneInfo(zone)
    # An instant at midnight is the end of the day before.
    last = (datetime.fromisoformat(until) - timedelta(microseconds=1)).astimezone(city).date()
    return (last - now.astimezone(city).date()).days


def sentences(explanation: Json, language: str) -> list[str]:
    """Every step in words."""
    return [str(one[language]) for one in explanation["sentences"]]


def items(cycle: Cycle | None, language: str, words: Mapping[str, str]) -> list[tuple[str, str]]:
    """What may be asked about or contested: both ratings, and every criterion; code and name."""
    return [*((name, words[name]) for name in OVERALL), *labels(cycle, language).items()]
