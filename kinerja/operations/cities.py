"""Which city is hurt: what waits, what was set aside, what is overdue and what failed, counted in every service by city.

Read as each service's relay, which sees every city: outboxes, obligations, mails and endpoints are open to it as they are.
Of the registry the names of cities alone are read as its application, city by city, as its relay may not read units.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

import asyncpg

from contracts.base import SERVICES, first_id
from kinerja.stack.errors import StackError
from kinerja.stack.postgres import database_of, roles

STANDS = timedelta(minutes=1)
"""An event that has waited for longer does not leave; a busy relay takes seconds."""
NOWHERE = "?"
"""The city of a dead letter that names none."""

# Ids of events are made in the order of the wall's time, whatever the business clock says. The heads of the journal, a row
# a city, say which cities there are. What is open, disabled or failed is found by an index (PostgreSQL skips through one
# that begins with the city).
_OUTBOX = """
select tenant_id as city, 'known' as what, 0::bigint as number, null::timestamptz as oldest from journal_heads
union all
select tenant_id, 'waiting', count(*), min(uuid_extract_timestamp(event_id)) from outbox group by tenant_id
union all
select tenant_id, 'aside', count(*), min(set_aside_at) from outbox_dead group by tenant_id
"""
# The ladder of what is paused has rungs left and no time for the next: nobody is late with it.
_OVERDUE = """
union all
select tenant_id, 'overdue', count(*), min(due_at) from obligations
where state = 'OPEN' and due_at < $1 and (next_at is not null or rung >= jsonb_array_length(rungs)) group by tenant_id
"""
_MAILS = """
union all
select tenant_id, 'mails', count(*), null from deliveries
where state = 'FAILED' and id >= $2 and channel = 'EMAIL' group by tenant_id
"""
_ENDPOINTS = """
union all
select tenant_id, 'endpoints', count(*), min(disabled_at) from endpoints where state = 'DISABLED' group by tenant_id
"""
_OWN: Mapping[str, str] = {"notify": _MAILS, "integrations": _ENDPOINTS}
_CITY = "select set_config('app.tenant', $1, true)"
_NAME = "select name from units where tenant_id = $1 and code = $1"


class Server(Protocol):
    """Says where a database is, for one of its roles (``kinerja.journals.Server``)."""

    def uri(self, database: str, role: str) -> str: ...


@dataclass
class Hurt:
    """One city in numbers; of nobody in it."""

    city: str
    name: str = ""
    waiting: int = 0
    """Events that have not left."""
    waiting_since: datetime | None = None
    """By the wall."""
    aside: int = 0
    """Events that were set aside before they left, and messages that consumers set aside and nobody has sent again."""
    overdue: int = 0
    overdue_since: datetime | None = None
    """By the business clock: when the one that is late for longest was due."""
    mails: int = 0
    """Mails that were given up lately."""
    endpoints: int = 0
    """Endpoints of integrators that are disabled."""

    def waited(self, now: datetime) -> timedelta:
        """How long the oldest event has waited at an instant of the wall."""
        return timedelta() if self.waiting_since is None else max(now - self.waiting_since, timedelta())

    def lateness(self, now: datetime) -> timedelta:
        """How late the latest duty is at an instant of the business clock."""
        return timedelta() if self.overdue_since is None else max(now - self.overdue_since, timedelta())

    def take(self, what: str, number: int, oldest: datetime | None) -> None:
        """Add what one service counted."""
        setattr(self, what, getattr(self, what) + number)
        if oldest is not None and (since := f"{what}_since") in self.__dataclass_fields__:
            before: datetime | None = getattr(self, since)
            setattr(self, since, oldest if before is None else min(before, oldest))


@dataclass
class Counted:
    """Every city that any service knows."""

    cities: dict[str, Hurt] = field(default_factory=dict)
    without: dict[str, str] = field(default_factory=dict)
    """Services that could not be asked, and why."""

    def take_letters(self, letters: Counter[str]) -> None:
        """Messages that consumers set aside, by city."""
        for city, number in letters.items():
            self._of(city).aside += number

    def take(self, rows: Iterable[asyncpg.Record]) -> None:
        """What one service counted."""
        for row in rows:
            city = self._of(row["city"])
            if row["what"] != "known":
                city.take(row["what"], row["number"], row["oldest"])

    def _of(self, city: str) -> Hurt:
        return self.cities.setdefault(city, Hurt(city))

    def worst_first(self, wall: datetime, business: datetime) -> list[Hurt]:
        """Those of whom there is anything to tell.

        What does not leave comes first, for it holds up everything behind it and grows; then what was set aside, which
        nobody will ever do unless somebody sends it again; then who is not told (endpoints, mails); then who is late.
        """
        told = [one for one in self.cities.values() if any(_numbers(one))]
        return sorted(told, key=lambda one: _order(one, wall, business))


def _numbers(one: Hurt) -> Sequence[int]:
    return one.waiting, one.aside, one.endpoints, one.mails, one.overdue


def _order(one: Hurt, wall: datetime, business: datetime) -> tuple[object, ...]:
    waited = one.waited(wall)
    stands = waited if waited >= STANDS else timedelta()
    return (
        -stands,
        -one.aside,
        -one.endpoints,
        -one.mails,
        -one.lateness(business),
        -one.overdue,
        -one.waiting,
        one.city,
    )


async def count(server: Server, services: Sequence[str], *, business: datetime, mails_since: datetime) -> Counted:
    """One statement a service; a database that does not answer is named in ``without``. Raises StackError if none does."""
    counted = Counted()
    for service in services:
        try:
            counted.take(await _ask(server, service, business, mails_since))
        except (asyncpg.PostgresError, OSError, TimeoutError) as error:
            counted.without[service] = str(error).partition("\n")[0] or "too late"
    if services and len(counted.without) == len(services):
        service, why = next(iter(counted.without.items()))
        raise StackError(
            f"database {database_of(service)} does not answer {roles(service)[2]}, and no other does ({why}): is PostgreSQL"
            " running, and does passwords.json of this state directory or ~/.pgpass have the passwords of the relays?"
        )
    return counted


async def _ask(server: Server, service: str, business: datetime, mails_since: datetime) -> list[asyncpg.Record]:
    asked = _OUTBOX + (_OVERDUE if service in SERVICES else "") + _OWN.get(service, "")
    given = (business, first_id(mails_since))[: asked.count("$1") + asked.count("$2")]
    connection = await asyncpg.connect(server.uri(database_of(service), roles(service)[2]), timeout=10)
    try:
        rows: list[asyncpg.Record] = await connection.fetch(asked, *given)
        return rows
    finally:
        await connection.close()


async def name(server: Server, cities: Sequence[Hurt]) -> None:
    """Give them the names that the registry has for them; those that it does not know keep none."""
    if not cities:
        return
    with suppress(asyncpg.PostgresError, OSError, TimeoutError):  # a code is enough to know a city by
        connection = await asyncpg.connect(server.uri(database_of("registry"), roles("registry")[1]), timeout=10)
        try:
            async with connection.transaction(readonly=True):
                # Row-level security shows one city at a time; there are as many as lines on the screen.
                for one in cities:
                    await connection.execute(_CITY, one.city)
                    said: str = await connection.fetchval(_NAME, one.city) or ""
                    one.name = said.removeprefix("Pemerintah ")
        finally:
            await connection.close()


def lately(days: int) -> datetime:
    """So many days ago, by the wall."""
    return datetime.now(UTC) - timedelta(days=days)
