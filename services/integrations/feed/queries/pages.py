"""Pages of the feed: what comes after a position, of the types that the reader may read and asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events."""

    types: tuple[str, ...] | None
    """CloudEvents types; None: all that there are."""
    subject: str | None = None
    person_id: UUID | None = None
    since: datetime | None = None

    def conditions(self) -> tuple[str, dict[str, Any]]:
        """As SQL: what is not asked is not in it, so that each statement has a plan of its own."""
        given = {
            "types": None if self.types is None else list(self.types),
            "subject": self.subject,
            "person": self.person_id,
            "since": self.since,
        }
        values = {name: value for name, value in given.items() if value is not None}
        return "".join(_CONDITIONS[name] for name in values), values


_CONDITIONS = {
    "types": " and type = any(cast(:types as text[]))",
    "subject": " and subject = :subject",
    "person": " and person_id = :person",
    "since": " and time >= :since",
}
_HEAD = text("select position from feed_heads")
# One row a page: what is stored is sent as it is, and the database joins it sooner than anybody takes it apart.
_PAGE = """
select count(*) as events, max(position) as last, coalesce(array_agg(distinct type), '{{}}') as types,
    coalesce(string_agg(hash, '' order by position), '') as hashes,
    coalesce(string_agg(body, ',' order by position), '') as text
from (
    select position, type, hash, body from feed where position > :after{} order by position limit :limit
) page
"""
_ANY = "select exists (select from feed where position > :after{})"
_ONE = text("select type, body from feed where event_id = :id")


@dataclass(frozen=True, slots=True)
class FeedPage:
    """Events in order, and the position after which the next page begins."""

    count: int
    types: Sequence[str]
    """CloudEvents types that are in it."""
    hashes: str
    """Of its events, in order."""
    text: str
    """The events as they were written, separated by commas."""
    until: int


async def head(session: AsyncSession) -> int:
    """The last position of the city."""
    return (await session.execute(_HEAD)).scalar() or 0


async def page(session: AsyncSession, wanted: Wanted, *, after: int, limit: int) -> FeedPage:
    """At most ``limit`` events after a position.

    The head is read first: all up to it is visible by then, so a page with room left has seen everything until there, and
    the next one need not look at it again.
    """
    known = await head(session)
    conditions, values = wanted.conditions()
    found = await session.execute(text(_PAGE.format(conditions)), values | {"after": after, "limit": limit})
    row = found.one()
    until = row.last if row.events == limit else max(row.last or after, known, after)
    return FeedPage(row.events, [one for one in row.types if one], row.hashes, row.text, until)


async def is_there_more(session: AsyncSession, wanted: Wanted, *, after: int) -> bool:
    """Whether anything that is wanted comes after a position."""
    conditions, values = wanted.conditions()
    return bool((await session.execute(text(_ANY.format(conditions)), values | {"after": after})).scalar_one())


async def one(session: AsyncSession, event_id: UUID) -> Any:
    """One event with its type, or None."""
    return (await session.execute(_ONE, {"id": event_id})).first()
