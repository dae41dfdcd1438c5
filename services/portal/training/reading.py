"""Sessions and who they reached, as the services tell them."""

from typing import Any

from services.portal.cycles.queries import chosen
from services.portal.office.queries import KnownCycle, cycles
from services.portal.web.visit import Visit


async def cycle_of(visit: Visit, wanted: str = "") -> tuple[KnownCycle | None, list[KnownCycle]]:
    """The one that is named, else the newest that is open; and all of them."""
    async with visit.copies() as session:
        known = await cycles(session)
    return chosen(known, wanted), known


def reached(coverage: list[Any]) -> list[dict[str, Any]]:
    """By unit: how many people there are, and by topic how many were there; None is hidden, of a small unit."""
    units: dict[str, dict[str, Any]] = {}
    for one in coverage:
        row = units.setdefault(one["unit_id"], {"unit": one["unit_name"], "people": one["people"], "topics": {}})
        row["topics"][one["topic"]] = one["covered"]
    return list(units.values())
