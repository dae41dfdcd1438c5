"""Findings that are written down while a visit goes on, kept until the report is sent, on whichever device."""

import json
from collections.abc import Mapping
from typing import Any

from services.portal.drafts.keeping import find, keep, throw_away
from services.portal.web.visit import Visit

Json = Mapping[str, Any]
_FORM = "temuan"
MOST = 50


async def kept(visit: Visit, visit_id: str) -> list[Json]:
    """In their order."""
    async with visit.copies() as session:
        found = await find(session, visit.request.app.state.crypt, _FORM, visit_id)
    return [json.loads(one) for one in found.values.get("finding", ())] if found else []


async def keep_all(visit: Visit, visit_id: str, findings: list[Json]) -> None:
    """Over what was there."""
    async with visit.copies() as session:
        values = {"finding": [json.dumps(one) for one in findings]}
        await keep(session, visit.request.app.state.crypt, _FORM, visit_id, values)


async def forget(visit: Visit, visit_id: str) -> None:
    """The report has them now."""
    async with visit.copies() as session:
        await throw_away(session, _FORM, visit_id)
