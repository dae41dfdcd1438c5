"""The page that says who looked at what, and when."""

import asyncio
from collections.abc import Mapping
from typing import Any

from fastapi import Response

from contracts.base import Relation
from services.portal.web.route import pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visiting
from services.portal.web.words import known

router = pages()
_OF = (("registry", "/lookups"), ("plans", "/lookups"), ("evaluation", "/lookups"), ("feedback", "/file/lookups"))
_MOST = 200
"""The newest of each service."""


@router.get("/siapa-melihat", **shown_to(Relation.ANYONE, note="of one's own records"))
async def lookups(visit: Visiting) -> Response:
    """The newest first; one's own looks are not counted."""
    answers = await asyncio.gather(*(visit.ask.maybe(service, path, limit=_MOST) for service, path in _OF))
    found = [one for answer in answers if answer for one in answer["items"]]
    found.sort(key=lambda one: str(one["last_at"]), reverse=True)
    return visit.page(
        "lookups/lookups.html", visit.say("lookups.title"), section="more", found=[_told(visit, one) for one in found]
    )


def _told(visit: Visiting, one: Mapping[str, Any]) -> dict[str, Any]:
    """With the record and the role in words."""
    record, role = f"lookups.record_{one['record']}", one["role"]
    who = Relation(role).explanation if role else None
    return {
        **one,
        "what": visit.say(record) if known(record) else one["record"],
        "who": (who.id if visit.language == "id" else who.en) if who else "",
    }
