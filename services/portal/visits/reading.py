"""What the pages of a visit show: its unit and people by name, and what the reader may do with it now."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import text

from contracts.base import Role
from kit.errors import Busy
from services.portal.names.queries import names
from services.portal.results.reading import cycle_of
from services.portal.results.views import labels
from services.portal.web.visit import Visit

Json = Mapping[str, Any]
_UNITS = text("select id, name from directory_units where id = any(:ids)")


def section(visit: Visit) -> str:
    """Of the row below the header: panels have one for their visits."""
    return "visits" if visit.has(Role.PANEL) else "more"


async def units(visit: Visit, ids: Iterable[str]) -> dict[str, str]:
    """Names by id as text."""
    async with visit.copies() as session:
        rows = await session.execute(_UNITS, {"ids": [UUID(one) for one in set(ids)]})
        return {str(row.id): row.name for row in rows}


async def people(visit: Visit, found: Json) -> dict[str, str]:
    """Whoever appears in a visit."""
    ids = [found["lead_id"], *found["panel"], found.get("respondent_id"), found.get("responded_by")]
    async with visit.copies() as session:
        return await names(session, [*ids, *(one["servant_id"] for one in found.get("members") or ())])


async def labels_of(visit: Visit, found: Json) -> dict[str, str]:
    """Names of what is scored, by code, as the cycle's policy has them."""
    return labels(await cycle_of(visit, found), visit.language)


async def earlier(visit: Visit, found: Json) -> list[Json]:
    """Other visits to the same unit that were held, as far as the reader sees them; the newest first."""
    every = await visit.ask.every("evaluation", "/visits")
    held = [one for one in every if one["unit_id"] == found["unit_id"] and one["held_on"] and one["id"] != found["id"]]
    return sorted(held, key=lambda one: str(one["held_on"]), reverse=True)


async def of_reader(visit: Visit) -> dict[str, Json]:
    """Visits that the reader sees, by id and with the names of their units, those that wait first; none while nobody answers."""
    try:
        found = await visit.ask.every("evaluation", "/visits")
    except Busy:  # what is shown beside it is there whatever a service does
        return {}
    called = await units(visit, [one["unit_id"] for one in found])
    order = sorted(found, key=lambda one: (one["state"] != "SCHEDULED", one["visit_on"] or one["scheduled_for"]))
    return {one["id"]: one | {"unit": called.get(one["unit_id"], "-")} for one in order}


def acts(found: Json, reader: str) -> dict[str, bool]:
    """Which forms are shown; whether they are taken is the service's to say."""
    panel, state = reader in found["panel"], found["state"]
    heard = found["response_state"] in ("ANSWERED", "SILENT")
    return {
        "plans": panel and (state == "SCHEDULED" or (state == "HELD" and bool(found.get("codes")))),
        "dates": panel and state == "SCHEDULED",
        "reports": panel and state == "SCHEDULED" and bool(found["visit_on"]),
        "assesses": panel and state in ("HELD", "ASSESSED") and heard and bool(found.get("members")),
        "responds": not panel and found["response_state"] == "AWAITED" and found.get("respondent_id") == reader,
    }
