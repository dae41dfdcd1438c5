"""E-mail against a real mail server."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import asyncpg
import pytest

from kit.db import Database
from kit.settings import Settings
from services.notify import mailer
from tests.conftest import SettingsOf
from tests.services.notify.arriving import tell_one, tell_staff
from tests.support.mail import Sink, mail_server
from tests.support.people import Office, people

pytestmark = pytest.mark.connected

GONE, BUSY = "pegawai03@example.go.id", "pegawai05@example.go.id"
STATE = "select state, attempts, next_at > now() as later, error from deliveries where address = $1"


@pytest.fixture
async def sink() -> AsyncIterator[Sink]:
    async with mail_server() as made:
        yield made


@pytest.fixture
async def office(notify_db: Database) -> Office:
    return await people(notify_db)


@pytest.fixture
def settings(settings_of: SettingsOf, notify_db: Database, sink: Sink) -> Settings:
    return settings_of(notify_db).model_copy(update={"smtp_port": sink.port})


@pytest.fixture
async def relay(settings: Settings) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(settings.relay_database_url)
    yield connection
    await connection.close()


async def test_what_waits_is_sent_once(
    relay: asyncpg.Connection, settings: Settings, sink: Sink, notify_db: Database, office: Office
) -> None:
    await tell_staff(notify_db, office)
    assert await mailer.send_waiting(relay, settings, notify_db.clock) == 5
    assert await mailer.send_waiting(relay, settings, notify_db.clock) == 0
    assert sorted(sink.recipients) == [f"pegawai0{number}@example.go.id" for number in range(3, 8)]
    first = sink.messages[0]
    assert first["Subject"] == "Rencana kinerja Anda dikembalikan"
    assert "Alasan: Target belum terukur" in first.get_content()
    assert len({message["Message-ID"] for message in sink.messages}) == 5


async def test_a_refused_address_fails_at_once_and_a_busy_one_is_tried_again(
    relay: asyncpg.Connection, settings: Settings, sink: Sink, notify_db: Database, office: Office
) -> None:
    sink.answers = {GONE: "550 no such user", BUSY: "451 come again"}
    await tell_staff(notify_db, office)
    await mailer.send_waiting(relay, settings, notify_db.clock)
    assert len(sink.messages) == 3
    (gone,), (busy,) = await relay.fetch(STATE, GONE), await relay.fetch(STATE, BUSY)
    assert (gone["state"], gone["attempts"], gone["later"]) == ("FAILED", 1, None)
    assert "550" in gone["error"]
    assert (busy["state"], busy["attempts"], busy["later"]) == ("PENDING", 1, True)
    for tries in range(2, 6):
        await relay.execute("update deliveries set next_at = now() where state = 'PENDING'")
        await mailer.send_waiting(relay, settings, notify_db.clock)
        (busy,) = await relay.fetch(STATE, BUSY)
        assert busy["attempts"] == tries
    assert busy["state"] == "FAILED"


async def test_a_mail_server_that_is_away_costs_no_try(
    relay: asyncpg.Connection, settings: Settings, notify_db: Database, office: Office
) -> None:
    await tell_staff(notify_db, office)
    away = settings.model_copy(update={"smtp_port": 1})
    with pytest.raises(OSError, match=r".*"):
        await mailer.send_waiting(relay, away, notify_db.clock)
    assert {
        row["attempts"] for row in await relay.fetch("select attempts from deliveries where channel = 'EMAIL'")
    } == {0}
    assert await mailer.send_waiting(relay, settings, notify_db.clock) == 5


async def test_two_mailers_share_the_work(
    relay: asyncpg.Connection, settings: Settings, sink: Sink, notify_db: Database, office: Office
) -> None:
    await tell_staff(notify_db, office)
    second = await asyncpg.connect(settings.relay_database_url)
    try:
        mailers = (mailer.send_waiting(one, settings, notify_db.clock) for one in (relay, second))
        assert sum(await asyncio.gather(*mailers)) == 5
    finally:
        await second.close()
    assert len(sink.messages) == 5


async def test_the_mailer_sends_for_every_city_until_it_is_stopped(
    settings: Settings, sink: Sink, notify_db: Database, office: Office
) -> None:
    dumai = await people(notify_db, "dumai")
    await tell_one(notify_db, office, office.staff[0])
    await tell_one(notify_db, dumai, dumai.staff[0])
    running = asyncio.create_task(mailer.run(settings, notify_db))
    async with asyncio.timeout(10):
        await sink.has(2)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    assert sink.recipients == [GONE, GONE]


async def test_the_mailer_may_not_change_what_was_written(relay: asyncpg.Connection) -> None:
    for forbidden in ("update notices set body = ''", "update deliveries set address = ''", "delete from deliveries"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await relay.execute(forbidden)
