"""One table of all services."""

import asyncio
from typing import Any

from fastapi import Response

from contracts.base import SERVICES, Relation
from kit.errors import Busy
from services.portal.web.route import pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()


@router.get("/operasional", **shown_to(Relation.OPERATIONS, note="counts alone"))
async def operations(visit: Visiting) -> Response:
    """What waits, what was set aside, who is silent."""
    found = await asyncio.gather(*(_asked(visit, service) for service in SERVICES))
    rows = [
        {"service": name, **(told or {}), "answers": told is not None}
        for name, told in zip(SERVICES, found, strict=True)
    ]
    return visit.page("operations/operations.html", visit.say("operations.title"), section="operations", rows=rows)


async def _asked(visit: Visit, service: str) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = await visit.ask.get(service, "/operations")
    except Busy:
        return None
    return found
