"""Results that stay in the city: why, in words, and as a file; of an export and of a batch alike."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import Response

from services.portal.names.queries import names
from services.portal.web.tables import Kind, file_of
from services.portal.web.visit import Visit
from services.portal.web.words import known


def why_held(visit: Visit, reason: str) -> str:
    """Why a result stays, in words; a reason that came later as it is."""
    for key in (f"exports.reason_{reason}", f"national.held_{reason}"):
        if known(key):
            return visit.say(key)
    return reason


async def file_of_held(visit: Visit, held: Sequence[Mapping[str, Any]], kind: Kind) -> Response:
    """One row for each result that stays: whose, which, and why."""
    async with visit.copies() as session:
        people = await names(session, [one["servant_id"] for one in held])
    heads = [visit.say(f"exports.{one}") for one in ("name", "result", "why")]
    rows = [[people.get(one["servant_id"], ""), one["result_id"], why_held(visit, one["reason"])] for one in held]
    return await file_of("tertahan", heads, rows, kind)
