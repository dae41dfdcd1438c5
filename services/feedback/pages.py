"""Pages of a listing, by the key of its rows: the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from sqlalchemy import Select
from sqlalchemy.orm import Mapped
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.errors import Invalid


class Identified(Protocol):
    """A row whose key is a UUIDv7."""

    id: UUID


Row_co = TypeVar("Row_co", bound=Identified, covariant=True)
Row = TypeVar("Row", bound=Identified)


@dataclass(frozen=True, slots=True)
class Window:
    """Which part of a listing is wanted."""

    cursor: str | None = None
    limit: int = 50

    def before(self) -> UUID | None:
        """The last key of the page before; raises Invalid if the cursor is none of ours."""
        if self.cursor is None:
            return None
        try:
            return UUID(self.cursor)
        except ValueError as error:
            raise Invalid("this cursor does not come from a listing", "kursor tidak dikenal") from error


@dataclass(frozen=True, slots=True)
class Found(Generic[Row_co]):
    """One page, and where the next begins."""

    items: Sequence[Row_co]
    next: str | None


async def page(session: AsyncSession, rows: Select[Row], key: Mapped[UUID], window: Window) -> Found[Row]:
    """One page of these rows, ordered by their UUIDv7 key; one row more is read to know whether there is another."""
    if (before := window.before()) is not None:
        rows = rows.where(key < before)
    found = list((await session.scalars(rows.order_by(key.desc()).limit(window.limit + 1))).all())
    items = found[: window.limit]
    more = len(found) > window.limit
    return Found(items, str(items[-1].id) if more else None)
