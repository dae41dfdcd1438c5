"""From what the services count to what the page shows."""

from typing import Any

from contracts.base import Predicate
from services.portal.web.visit import Visit


def figures(visit: Visit, counted: dict[str, Any], board: dict[str, Any]) -> list[dict[str, Any]]:
    """The few numbers at the top."""
    reported = sum(one["reported"] for one in board["reports"])
    numbers = {
        "people": counted["members"],
        "plans_set": board["states"].get("SET", 0),
        "plans_late": board["late"],
        "reports": reported,
        "visits": counted["visits_held"],
        "second_versions": counted["second_versions"],
    }
    return [{"name": visit.say(f"city.{name}"), "value": value} for name, value in numbers.items()]


def owed(owing: dict[str, Any]) -> dict[str, Any]:
    """What is owed, the latest kinds first."""
    kinds = sorted(owing["obligations"], key=lambda one: (-one["overdue"], -one["open"]))
    return {"open": owing["open"], "overdue": owing["overdue"], "kinds": kinds}


def units(visit: Visit, spread: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Units with their counts in the order of predicates; why one stands out, in words."""
    return [
        {
            "unit_id": one["unit_id"],
            "name": one["name"] or "-",
            "people": one["people"],
            "hidden": one["hidden"],
            "counts": [None if one["hidden"] else one["counts"].get(kind.value, 0) for kind in Predicate],
            "why": [finding["words"][visit.language] for finding in one["findings"]],
        }
        for one in spread
    ]
