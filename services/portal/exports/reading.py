"""All pages of the export of a cycle: the records that may go, and the results that stay."""

from typing import Any
from uuid import UUID

from services.portal.web.visit import Visit

_PAGE = 500
Json = dict[str, Any]


async def whole_export(visit: Visit, cycle_id: UUID) -> tuple[list[Json], list[Json]]:
    """Records and held results; some 500 results an answer, one after the other."""
    records: list[Json] = []
    held: list[Json] = []
    cursor: str | None = None
    while True:
        page = await visit.ask.get("evaluation", f"/cycles/{cycle_id}/export", limit=_PAGE, cursor=cursor)
        records += page["items"]
        held += page["held"]
        if not (cursor := page["next"]):
            return records, held
