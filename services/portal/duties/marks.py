"""Removes marks of tasks done a moment ago, when the copy has long heard of them."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from asyncpg import Connection

KEPT = timedelta(days=1)
"""The list of tasks looks at ten minutes of them."""


async def remove(connection: "Connection[Any]", *, before: datetime) -> None:
    """Whatever was done a day before."""
    await connection.execute("delete from duties_done where done_at < $1", before - KEPT)
