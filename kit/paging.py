"""Pages over HTTP: every list takes ``Paging`` (cursor, limit) and answers a ``Page`` (items, next, maybe total)."""

from collections.abc import Callable
from typing import Annotated, Generic, TypeVar

from fastapi import Depends, Query, Request
from pydantic import BaseModel, Field

from kit.keyset import DEFAULT_LIMIT, MOST, Found, Window

# Reading itself is in kit.keyset, which queries import: a worker must not pay 6 MB for FastAPI.

LONGEST_CURSOR = 4_000
"""Characters; a key holds a name at most."""
Item = TypeVar("Item")
Row = TypeVar("Row")


def _absent(total: int | None) -> bool:
    return total is None


class Page(BaseModel, Generic[Item]):
    """One page of a list."""

    items: list[Item]
    next: str | None = Field(default=None, description="Cursor of the page after this one; null on the last page.")
    total: int | None = Field(
        default=None, exclude_if=_absent, description="Of the whole list; only where a list counts itself."
    )


async def _window(
    request: Request,
    cursor: Annotated[str | None, Query(max_length=LONGEST_CURSOR, description="`next` of the page before.")] = None,
    limit: Annotated[int, Query(ge=1, le=MOST, description="How many at most.")] = DEFAULT_LIMIT,
) -> Window:
    return Window(cursor, limit, of=request.url.path)


Paging = Annotated[Window, Depends(_window)]


def page_of(found: Found[Row], shape: Callable[[Row], Item]) -> Page[Item]:
    """The page of rows that was found as a page of answers, each made by ``shape``."""
    return Page(items=[shape(row) for row in found.items], next=found.next, total=found.total)
