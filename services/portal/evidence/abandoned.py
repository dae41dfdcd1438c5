"""Removes uploads that were begun and given up: their parts first, so that none is left without a row that names it."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from contracts.base import first_id
from services.portal.evidence.store import Store

if TYPE_CHECKING:
    from asyncpg import Connection

KEPT = timedelta(days=14)
"""A phone may be without a signal for so long, and goes on where it stopped."""
_MOST = 500
"""In one sweep; the next one takes more."""
_FOUND = "select tenant_id, id from evidence_files where state = 'ARRIVING' and id < $1 order by id limit $2"
_GONE = "delete from evidence_files where state = 'ARRIVING' and id = any($1)"


async def remove(connection: "Connection[Any]", store: Store, *, now: datetime) -> None:
    """Those that were begun so long before, by the wall's clock; one that is whole meanwhile stays."""
    found = await connection.fetch(_FOUND, first_id(now - KEPT), _MOST)
    for city, file_id in found:
        await store.forget_parts(city, file_id)
    await connection.execute(_GONE, [one["id"] for one in found])
