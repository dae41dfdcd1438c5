"""What every list of this API has in common: how many at once, and where the next page begins."""

from collections.abc import Sequence
from typing import Annotated, Protocol
from uuid import UUID

from fastapi import Query

Limit = Annotated[int, Query(ge=1, le=200, description="How many at once.")]
Cursor = Annotated[UUID | None, Query(description="``next`` of the page before.")]


class _Identified(Protocol):
    id: UUID


def next_after(items: Sequence[_Identified], limit: int) -> UUID | None:
    """Where the next page begins; None on the last page."""
    return items[-1].id if len(items) == limit else None
