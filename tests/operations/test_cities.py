"""The numbers of cities, counted on the databases of every service as their relays may read them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from contracts.base import DEPLOYED
from kinerja.operations.cities import Counted, Hurt, count, lately, name
from kinerja.stack.errors import StackError
from kinerja.stack.postgres import database_of
from tests.conftest import DatabaseOf
from tests.support.databases import Databases

pytestmark = pytest.mark.connected
NOW = datetime.now(UTC)
DUMAI, BINJAI, PALEMBANG = "14.72", "12.75", "16.71"
_EVENT = "event_id, tenant_id, topic, key, type, subject, actor, body, time"
_WAITS = (
    f"insert into outbox ({_EVENT}) select uuidv7(- $2::interval), $1, 't', 'k', 't', 's', 'a', '{{}}', '2030-01-01'"
)
_ASIDE = (
    f"insert into outbox_dead (id, {_EVENT}, error) select 1, uuidv7(), $1, 't', 'k', 't', 's', 'a', '{{}}', now(), 'e'"
)
_OWED = """
insert into obligations (tenant_id, id, kind, phase, cycle_id, subject_id, first_debtor_id, debtor_id, opened_at, due_at,
                         rungs, rung, next_at, state)
select $1, uuidv7(), 'ASSESS', 'EVALUATION', uuidv7(), uuidv7(), uuidv7(), uuidv7(), now(), now() - $2::interval,
    case when $3 then '[]' else '[{"at": "2027-01-01T00:00:00Z", "step": "REMIND"}]' end::jsonb, 0, null, $4
"""
_MAIL = """
insert into deliveries (tenant_id, id, notice_id, channel, address, state, attempts)
select $1, uuidv7(- $2::interval), uuidv7(), $3, 'a@example.go.id', $4, 5
"""
_ENDPOINT = """
insert into endpoints (tenant_id, id, owner_id, url, description, types, state, position, replays, secret, created_at)
select $1, uuidv7(), uuidv7(), 'https://example.go.id', '', '{}', $2, 0, 0, '', now()
"""


@dataclass
class Copies:
    """The databases of this module, each migrated and empty."""

    names: dict[str, str]
    databases: Databases

    def uri(self, database: str, role: str) -> str:
        service = database.removeprefix(database_of(""))
        return self.databases.postgres.uri(self.names[service], role)

    async def put(self, service: str, statement: str, *given: object) -> None:
        """As the server's administrator: no service would make most of this."""
        connection = await asyncpg.connect(self.uri(database_of(service), "postgres"))
        try:
            await connection.execute(statement, *given)
        finally:
            await connection.close()

    async def counted(self) -> Counted:
        return await count(self, DEPLOYED, business=datetime.now(UTC), mails_since=lately(7))


@pytest.fixture
def copies(databases: Databases, module_databases: dict[str, str], database_of: DatabaseOf) -> Copies:
    for service in DEPLOYED:
        database_of(service)
    return Copies(module_databases, databases)


async def test_what_waits_what_failed_and_who_is_late_are_counted_in_every_service(copies: Copies) -> None:
    for service in DEPLOYED:
        await copies.put(service, _WAITS, DUMAI, timedelta(hours=1))
        await copies.put(service, _ASIDE, DUMAI)
    await copies.put("plans", _WAITS, DUMAI, timedelta(hours=3))
    for service in ("plans", "evaluation", "feedback"):
        await copies.put(
            service, _OWED, BINJAI, timedelta(days=2), True, "OPEN"
        )  # its ladder has ended, it is still owed
    await copies.put("plans", _OWED, BINJAI, timedelta(days=9), False, "OPEN")  # its cycle is paused
    await copies.put("plans", _OWED, BINJAI, timedelta(days=9), True, "DONE")
    await copies.put("plans", _OWED, BINJAI, -timedelta(days=2), True, "OPEN")
    await copies.put("notify", _MAIL, PALEMBANG, timedelta(days=1), "EMAIL", "FAILED")
    await copies.put("notify", _MAIL, PALEMBANG, timedelta(days=8), "EMAIL", "FAILED")
    await copies.put("notify", _MAIL, PALEMBANG, timedelta(days=1), "EMAIL", "SENT")
    await copies.put("notify", _MAIL, PALEMBANG, timedelta(days=1), "INBOX", "FAILED")
    for state in ("DISABLED", "DISABLED", "ACTIVE", "PAUSED"):
        await copies.put("integrations", _ENDPOINT, PALEMBANG, state)
    counted = await copies.counted()
    assert not counted.without
    now = datetime.now(UTC)
    first, second, third = counted.worst_first(now, now)
    assert (first.city, first.waiting, first.aside) == (DUMAI, len(DEPLOYED) + 1, len(DEPLOYED))
    assert first.waited(now) == pytest.approx(timedelta(hours=3), abs=timedelta(minutes=5)), (
        "by the wall, of the oldest"
    )
    assert (second.city, second.endpoints, second.mails) == (PALEMBANG, 2, 1)
    assert (third.city, third.overdue) == (BINJAI, 3)
    assert third.lateness(now) == pytest.approx(timedelta(days=2), abs=timedelta(minutes=5))


async def test_a_city_that_is_well_is_known_and_not_told(copies: Copies) -> None:
    await copies.put("registry", "insert into journal_heads (tenant_id, position, hash) values ($1, 1, 'x')", DUMAI)
    counted = await copies.counted()
    assert list(counted.cities) == [DUMAI]
    assert not counted.worst_first(NOW, NOW)


async def test_a_service_that_cannot_be_asked_is_named(copies: Copies) -> None:
    without = Copies(
        {one: there for one, there in copies.names.items() if one != "notify"} | {"notify": "nowhere"}, copies.databases
    )
    counted = await without.counted()
    assert list(counted.without) == ["notify"]
    nowhere = Copies(dict.fromkeys(copies.names, "nowhere"), copies.databases)
    with pytest.raises(StackError, match="does not answer registry_relay"):
        await nowhere.counted()
    city = Hurt(DUMAI)
    await name(nowhere, [city])
    assert not city.name, "the code is enough"


def test_what_does_not_leave_comes_before_what_was_set_aside_and_that_before_who_is_late() -> None:
    hour = NOW - timedelta(hours=1)
    stands = Hurt("1", waiting=1, waiting_since=hour)
    aside = Hurt("2", aside=1, waiting=9, waiting_since=NOW - timedelta(seconds=9))
    deaf = Hurt("3", endpoints=1)
    unread = Hurt("4", mails=3)
    later = Hurt("5", overdue=1, overdue_since=NOW - timedelta(days=3))
    many = Hurt("6", overdue=900, overdue_since=NOW - timedelta(days=1))
    busy = Hurt("7", waiting=500, waiting_since=NOW)
    wanted = [stands, aside, deaf, unread, later, many, busy]
    counted = Counted({one.city: one for one in reversed(wanted)})
    assert counted.worst_first(NOW, NOW) == wanted
