"""What the province reads: a row for each cycle of each city that has declared the official."""

from typing import Any

from services.portal.web import names
from services.portal.web.visit import Visit

Json = dict[str, Any]


async def every_cycle(visit: Visit) -> list[Json]:
    """As evaluation tells them, with states and phases in words."""
    language = visit.language
    return [
        one
        | {
            "state_words": names.named(language, "cycle", one["state"]),
            "phase_words": names.phase(language, one["phase"]),
        }
        for one in await visit.ask.every("evaluation", "/province/cities")
    ]


def newest(rows: list[Json]) -> list[Json]:
    """The newest cycle of each city, by the city's name."""
    found = {one["city"]: one for one in sorted(rows, key=lambda one: str(one["period_start"]))}
    return sorted(found.values(), key=lambda one: str(one["city_name"]))
