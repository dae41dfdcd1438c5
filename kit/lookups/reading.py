"""The looks at one's own records, newest day first."""

from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Text, and_, column, literal, or_, select, table, text
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import clock
from kit.keyset import Found, Window, read_rows
from kit.lookups.noting import KEPT, Lookups
from kit.lookups.rows import EVERYBODY, Lookup


class Look(NamedTuple):
    """Somebody read one's records, or a list in which one stands."""

    looked_on: date
    reader_id: UUID
    reader_name: str | None
    role: str | None
    record: str
    whole_list: bool
    cycle_id: UUID | None
    times: int
    last_at: datetime


async def page(session: AsyncSession, lookups: Lookups, about: UUID, *, window: Window) -> Found[Look]:
    """A page of them; what is older than is kept is not shown, whether or not it is deleted yet."""
    people: Any = table(lookups.people, column("tenant_id", Text), column("id", PG_UUID), column("name", Text))
    standing: Any = text(f"lookups.cycle_id in ({lookups.mine})").bindparams(me=about)  # the service's own words
    in_a_list = and_(
        col(Lookup.servant_id) == literal(EVERYBODY, PG_UUID),
        col(Lookup.reader_id) != about,
        or_(col(Lookup.cycle_id).is_(None), standing),
    )
    looking = (
        select(Lookup, people.c.name)
        .outerjoin(people, and_(people.c.tenant_id == col(Lookup.tenant_id), people.c.id == col(Lookup.reader_id)))
        .where(
            or_(col(Lookup.servant_id) == about, in_a_list), col(Lookup.looked_on) >= clock(session).now().date() - KEPT
        )
    )
    names = ("looked_on", "reader_id", "record", "filter", "servant_id")
    key = [col(getattr(Lookup, name)) for name in names]
    found = await read_rows(session, looking, *key, window=window, descending=True)
    return Found([_look(*row) for row in found.items], found.next)


def _look(row: Lookup, name: str | None) -> Look:
    return Look(
        looked_on=row.looked_on,
        reader_id=row.reader_id,
        reader_name=name,
        role=row.role or None,
        record=row.record,
        whole_list=row.servant_id == EVERYBODY,
        cycle_id=row.cycle_id,
        times=row.times,
        last_at=row.last_at,
    )
