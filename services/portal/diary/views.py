"""From the services' answers to what the page of the log shows."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from contracts.written import YEARS

Json = Mapping[str, Any]
_YEARS = range(2000, YEARS.stop)
"""No log is older; a day of the first years has none before it, and the services take none of the last."""


def day_of(typed: str) -> date | None:
    """A day as an address names it; None for what is none, or on which nobody kept a log."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    return day if day.year in _YEARS else None


def days(entries: Sequence[Json], results: Mapping[str, str]) -> list[dict[str, Any]]:
    """The newest day first, its entries as they were entered."""
    by_day: dict[str, list[Json]] = defaultdict(list)
    for one in entries:
        by_day[one["day"]].append(one)
    return [
        {
            "day": day,
            "minutes": sum(one["minutes"] for one in some),
            "entries": [
                {"text": one["text"], "minutes": one["minutes"], "late_reason": one["late_reason"]}
                | {"result": results.get(str(one["work_result_id"]), "")}
                for one in some
            ],
        }
        for day, some in sorted(by_day.items(), reverse=True)
    ]


def results_of(plan: Json | None) -> dict[str, str]:
    """Statement by id of each work result of the plan."""
    return {str(one["id"]): one["statement"] for one in (plan or {}).get("results", ()) if one.get("id")}


def returned(weeks: Sequence[Json]) -> list[Json]:
    """Weeks that the leader returned, the newest first."""
    return sorted(
        (one for one in weeks if one["decision"] == "RETURNED"), key=lambda one: str(one["week"]), reverse=True
    )
