"""Key-set reading: the rows of a list that come after the last one of the page before, in the order of a key."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, TypeVarTuple

from sqlalchemy import BigInteger, ColumnElement, Select, func, label, literal, select, tuple_
from sqlalchemy.orm import Mapped
from sqlmodel.ext.asyncio.session import AsyncSession

from kit import cursors
from kit.cursors import Part

DEFAULT_LIMIT = 100
MOST = 500
"""So many items an answer has at most, in every list."""

Row = TypeVar("Row")
Row_co = TypeVar("Row_co", covariant=True)
Columns = TypeVarTuple("Columns")
KeyColumn = Mapped[Any] | ColumnElement[Any]
"""A column of the key: not null, and the last one of them unique, so that no row is skipped or given twice."""


@dataclass(frozen=True, slots=True)
class Window:
    """Which part of a list is wanted."""

    cursor: str | None = None
    limit: int = DEFAULT_LIMIT
    of: str = ""
    """Which list: over HTTP its path, so that a cursor of another list is refused."""

    def after(self, *kinds: type) -> tuple[Part, ...] | None:
        """The key of the last row of the page before, of these types; raises Invalid for a foreign cursor."""
        return None if self.cursor is None else cursors.unpack(self.cursor, kinds, self.of)

    def pack(self, key: Sequence[Part]) -> str:
        """The cursor that continues this list after a key."""
        return cursors.pack(key, self.of)


@dataclass(frozen=True, slots=True)
class Found(Generic[Row_co]):
    """One page of rows, and where the next begins."""

    items: Sequence[Row_co]
    next: str | None = None
    total: int | None = None
    """Of the whole list, where it was counted."""


async def read(
    session: AsyncSession,
    looking: Select[Row],
    *key: KeyColumn,
    window: Window,
    descending: bool = False,
    counted: bool = False,
) -> Found[Row]:
    """A page of rows of one thing, e.g. ``select(Plan)``, in the order of the key; see :func:`read_rows`."""
    found = await read_rows(session, looking, *key, window=window, descending=descending, counted=counted)
    return Found([row[0] for row in found.items], found.next, found.total)


async def read_rows(
    session: AsyncSession,
    looking: Select[*Columns],
    *key: KeyColumn,
    window: Window,
    descending: bool = False,
    counted: bool = False,
) -> Found[tuple[*Columns]]:
    """A page of rows of several columns, in the order of the key, whatever order the statement had.

    With ``counted`` the whole list is counted as well, by a statement of its own.
    """
    # The key is read with the row: not every key is an attribute of what was selected.
    keyed = windowed(looking, *key, window=window, descending=descending).add_columns(*_labelled(key))
    rows: list[tuple[Any, ...]] = [tuple(row) for row in (await session.execute(keyed)).all()]
    width = len(key)
    found = cut(rows, window, key=lambda row: row[-width:])
    total = await count(session, looking) if counted else None
    return Found([row[:-width] for row in found.items], found.next, total)


def windowed(looking: Select[*Columns], *key: KeyColumn, window: Window, descending: bool = False) -> Select[*Columns]:
    """The statement cut to the window; it reads one row more than the limit, by which :func:`cut` knows of a next page."""
    kinds = [column.type for column in _labelled(key)]
    after = window.after(*(kind.python_type for kind in kinds))
    if after is not None:
        # A comparison of whole rows, not `a > x or (a = x and b > y)`: PostgreSQL enters the index at that place,
        # where with `or` it reads everything before it. All columns therefore run in one direction.
        here, there = tuple_(*key), tuple_(*(_bound(value, kind) for value, kind in zip(after, kinds, strict=True)))
        looking = looking.where(here < there if descending else here > there)
    ordered = (column.desc() if descending else column.asc() for column in key)
    return looking.order_by(None).order_by(*ordered).limit(window.limit + 1)


def cut(rows: Sequence[Row], window: Window, *, key: Callable[[Row], Sequence[Part]]) -> Found[Row]:
    """A page of rows of which one more than the limit was read: without that one the page is the last."""
    items = rows[: window.limit]
    more = len(rows) > window.limit
    return Found(items, window.pack(key(items[-1])) if more else None)


async def count(session: AsyncSession, looking: Select[*Columns]) -> int:
    """How many rows the whole list has."""
    # As a subquery: a statement that groups or is distinct is counted by its groups, too.
    counting = select(func.count()).select_from(looking.order_by(None).subquery())
    return int((await session.execute(counting)).scalar_one())


def _labelled(key: Sequence[KeyColumn]) -> list[ColumnElement[Any]]:
    return [label(f"key_{place}", column) for place, column in enumerate(key)]


def _bound(value: Part, kind: Any) -> ColumnElement[Any]:
    # A cursor may hold a number that the column's own integer type is too small for.
    return literal(value, BigInteger() if isinstance(value, int) else kind)
