"""From the numbers of a review to what its page shows."""

from collections.abc import Mapping, Sequence
from typing import Any

from contracts.obligation_names import OBLIGATION_NAMES
from services.portal.web.visit import Visit

_FIGURES = ("members", "final", "incomplete", "sources_dropped", "moderated", "objected", "innovations")
Json = Mapping[str, Any]


def figures(visit: Visit, counted: Json) -> list[dict[str, Any]]:
    """The few that say how the appraisal worked."""
    return [{"name": visit.say(f"reviews.metric_{one}"), "value": counted[one]} for one in _FIGURES if one in counted]


def punctual(visit: Visit, rates: Sequence[Json]) -> list[dict[str, Any]]:
    """What came in time, the least punctual kind first."""
    place = 0 if visit.language == "id" else 1
    known = {one.value: words[place] for one, words in OBLIGATION_NAMES.items()}
    rows = [{**one, "name": known.get(one["kind"], one["kind"])} for one in rates]
    return sorted(rows, key=lambda one: float(one["percent"]))


def survey(visit: Visit, told: Json | None) -> dict[str, Any] | None:
    """What people said; None where nobody was asked."""
    if told is None:
        return None
    statements = [{"text": one["text"][visit.language], "mean": one["mean"]} for one in told["statements"]]
    return {"people": told["people"], "statements": statements}
