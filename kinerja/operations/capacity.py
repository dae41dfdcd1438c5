"""How long the disk lasts: what lies on it, how fast that grows by the journals, and what is free."""

import shutil
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg

from contracts.base import born, first_id
from kinerja.operations import disk
from kinerja.operations.databases import Databases, entered, reached
from kinerja.stack.errors import StackError
from kinerja.stack.postgres import SUPERUSER, Postgres, database_of
from kinerja.stack.state import State

_OF_TIME = "get_byte(uuid_send(event_id), 6) >> 4 = 7"
"""An id that says when it was made (UUIDv7)."""
_GROWTH = f"""
select pg_database_size(current_database()) as bytes,
    (select count(*) from journal where {_OF_TIME}) as events,
    (select count(*) from journal where event_id between $1 and $2 and {_OF_TIME}) as recent,
    (select event_id from journal where {_OF_TIME} order by event_id limit 1) as first
"""  # noqa: S608 - a constant of this module
_OTHERS = """
select datname, pg_database_size(oid) as bytes from pg_database
where not datistemplate and not datname = any($1)
    and (has_database_privilege(oid, 'connect') or pg_has_role('pg_read_all_stats', 'member'))
"""


BESIDES = "PostgreSQL besides"
"""Its log of changes, its catalogs, what it keeps for speed."""


@dataclass(frozen=True, slots=True)
class Holding:
    """Something that takes room on the disk."""

    what: str
    bytes: int
    a_day: float
    """Bytes by which it grows a day; 0 where nothing was measured."""


@dataclass(frozen=True, slots=True)
class Capacity:
    """The answer, and what it is made of."""

    holdings: list[Holding]
    """The largest first."""
    free: int

    @property
    def bytes(self) -> int:
        return sum(one.bytes for one in self.holdings)

    @property
    def a_day(self) -> float:
        return sum(one.a_day for one in self.holdings)

    @property
    def days(self) -> float | None:
        """Until nothing is free; None where no growth was measured, so that nobody can say."""
        return self.free / self.a_day if self.a_day > 0 else None


async def measured(state: State, *, url: str | None, free: int | None, window: int) -> Capacity:
    """What the disk holds and how fast it fills, by the last ``window`` days of the wall.

    An estimate: a database grows by as many bytes a day as events were told a day, times its whole size per event
    (rows of business, indexes and copies are taken to grow as the journal does). A system that is younger than the
    window is measured over its own age, one day at least. Kafka, Temporal and other databases of the server are not
    measured: they are taken to grow in the proportion in which the services' databases do, which is too much where
    something is deleted there after a time. What PostgreSQL needs besides (its log of changes) is taken to stay.

    Raises StackError where the disk cannot be looked at and ``free`` is not given.
    """
    async with AsyncExitStack() as held:
        databases = await reached(state, url, held)
        left = free if free is not None else _free(databases)
        found = [await _of_service(databases, one, window) for one in await databases.present(())]
        share = sum(one.a_day for one in found) / (sum(one.bytes for one in found) or 1)
        found += _alike(share, await _of_server(databases, found))
        if databases.local:
            besides = disk.taken(databases.local.data) - sum(one.bytes for one in found)
            found += [*_alike(share, _beside(state, databases.local)), Holding(BESIDES, max(besides, 0), 0.0)]
    return Capacity(sorted(found, key=lambda one: -one.bytes), left)


def _alike(share: float, sizes: list[tuple[str, int]]) -> list[Holding]:
    return [Holding(what, size, size * share) for what, size in sizes if size]


def _free(databases: Databases) -> int:
    if databases.local is None:
        raise StackError(
            "the disk of a PostgreSQL that was not started here cannot be looked at: say what is free there, e.g."
            " --free 200G (`df -h` beside its data directory)"
        )
    return shutil.disk_usage(databases.local.data).free


async def _of_service(databases: Databases, service: str, window: int) -> Holding:
    now = datetime.now(UTC)
    begin, end = (first_id(one) for one in (now - timedelta(days=window), now + timedelta(days=1)))
    async with entered(databases.reading(service)) as connection:
        try:
            if databases.named:  # else it is the relay, whose policy shows every city
                await connection.execute("set row_security = off")  # an error instead of a part of the rows
            [row] = await connection.fetch(_GROWTH, begin, end)
        except asyncpg.InsufficientPrivilegeError as error:
            raise StackError(
                f"the role of the URL may not read the journal of {service} whole: name a superuser, or one with"
                " bypassrls and pg_read_all_data"
            ) from error
    return Holding(f"database {service}", row["bytes"], _a_day(row, now, window))


def _a_day(row: asyncpg.Record, now: datetime, window: int) -> float:
    since = born(row["first"]) if row["first"] else None
    if since is None or not row["recent"]:
        return 0.0
    days = min(float(window), max(1.0, (now - since) / timedelta(days=1)))
    return float(row["bytes"] / row["events"] * row["recent"] / days)


async def _of_server(databases: Databases, found: list[Holding]) -> list[tuple[str, int]]:
    """Databases that are no service's, e.g. Temporal's."""
    ours = [database_of(one.what.removeprefix("database ")) for one in found]
    async with entered(databases.uri()) as connection:
        rows = await connection.fetch(_OTHERS, [*ours, SUPERUSER])
    return [(f"database {row['datname']}", row["bytes"]) for row in rows]


def _beside(state: State, local: Postgres | None) -> list[tuple[str, int]]:
    """What Kafka (`make kafka`) and Temporal keep in the state directory, where that is on the same disk."""
    if local is None or state.root.stat().st_dev != local.data.stat().st_dev:
        return []
    kafka: Path = state.root / "kafka"
    temporal = state.temporal.parent.glob(f"{state.temporal.name}*")
    return [("Kafka", disk.taken(kafka)), ("Temporal", disk.taken(*temporal))]
