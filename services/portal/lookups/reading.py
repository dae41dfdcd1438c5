"""Who looked at somebody's records, put together from the services that note it."""

import asyncio
from collections.abc import Mapping
from typing import Any

from contracts.base import Relation
from services.portal.web.visit import Visit
from services.portal.web.words import known

NOTED_IN = (("registry", "/lookups"), ("plans", "/lookups"), ("evaluation", "/lookups"), ("feedback", "/file/lookups"))
"""Which service keeps it, and where."""


async def newest(visit: Visit, most: int, **asked: str) -> list[dict[str, Any]]:
    """``most`` of each service, the newest first, in words; nothing of a service that does not tell the reader."""
    answers = await asyncio.gather(*(visit.ask.maybe(one, path, limit=most, **asked) for one, path in NOTED_IN))
    found = [one for answer in answers if answer for one in answer["items"]]
    return [_told(visit, one) for one in sorted(found, key=lambda one: str(one["last_at"]), reverse=True)]


def _told(visit: Visit, one: Mapping[str, Any]) -> dict[str, Any]:
    """With the record and the role in words."""
    record, role = f"lookups.record_{one['record']}", one["role"]
    who = Relation(role).explanation if role else None
    return {
        **one,
        "what": visit.say(record) if known(record) else one["record"],
        "who": (who.id if visit.language == "id" else who.en) if who else "",
    }
