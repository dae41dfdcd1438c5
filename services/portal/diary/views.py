"""From the services' answers to what the page of the log shows."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

Json = Mapping[str, Any]


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
