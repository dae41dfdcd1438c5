"""All that a batch held back."""

from typing import Any
from uuid import UUID

from services.portal.web.visit import Visit

_PAGE = 500
Json = dict[str, Any]


async def whole_held(visit: Visit, batch_id: UUID) -> list[Json]:
    """Some 500 an answer, one after the other."""
    found: list[Json] = []
    cursor: str | None = None
    while True:
        page = await visit.ask.get("evaluation", f"/national-batches/{batch_id}/held", limit=_PAGE, cursor=cursor)
        found += page["items"]
        if not (cursor := page["next"]):
            return found
