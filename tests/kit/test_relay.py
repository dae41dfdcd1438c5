"""Outbox -> relay -> Kafka and journal, on a real broker."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRecord, TopicPartition
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from contracts.base import Event, Role, new_id
from contracts.notify.notices import NoticeDelivered
from kit import direct, journal, metrics, topics, traceparent
from kit.db import Database
from kit.direct import KEEPALIVES
from kit.kafka import parse
from kit.outbox import emit, emit_all
from kit.relay import _LEADER, _TAKE, LeadLost, Relay
from kit.settings import Settings
from kit.topics import PARTITIONS
from kit.verifying import judge
from tests.conftest import ClientOf, SettingsOf
from tests.support.databases import Databases
from tests.support.emitted import relay_url
from tests.support.holders import declare

pytestmark = pytest.mark.connected
HERE, THERE = "16.71", "14.72"


@pytest.fixture
def settings(settings_of: SettingsOf, kit_db: Database, kafka: str) -> Settings:
    return settings_of(kit_db).model_copy(update={"kafka": kafka})


def fact(database: Database, tenant_id: str = HERE) -> NoticeDelivered:
    return NoticeDelivered(
        tenant_id=tenant_id,
        notice_id=new_id(),
        person_id=new_id(),
        about_event=new_id(),
        about_type="id.kinerja.plans.plan-set.v1",
        delivered_at=database.clock.now(),
    )


async def tell(database: Database, *events: Event) -> None:
    async with database.transaction(events[0].tenant_id) as session:
        await emit_all(session, events, reason="a test")


@asynccontextmanager
async def relaying(settings: Settings, count: int = 1) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(Relay("notify", settings).run()) for _ in range(count)]
    yield
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def emptied(database: Database, journaled: int) -> None:
    """Wait until the outbox is empty and the journal has so many rows."""
    connection = await asyncpg.connect(relay_url(database))
    try:
        async with asyncio.timeout(20):
            counts = (1, 0)
            while counts != (0, journaled):
                row = await connection.fetch("select (select count(*) from outbox), (select count(*) from journal)")
                counts = (row[0][0], row[0][1])
                await asyncio.sleep(0.02)
    finally:
        await connection.close()


async def sent(settings: Settings, about: Database) -> list[ConsumerRecord[bytes, bytes]]:
    """What lies in the topic and came from this database's journal, by partition in order."""
    consumer = AIOKafkaConsumer(bootstrap_servers=settings.kafka, auto_offset_reset="earliest")
    await consumer.start()
    try:
        partitions = [TopicPartition("notify", number) for number in range(PARTITIONS)]
        consumer.assign(partitions)
        ends = sum((await consumer.end_offsets(partitions)).values())
        records: list[ConsumerRecord[bytes, bytes]] = []
        async with asyncio.timeout(20):
            while len(records) < ends:
                records += [one for some in (await consumer.getmany(timeout_ms=200)).values() for one in some]
    finally:
        await consumer.stop()
    async with about.transaction(HERE) as session:
        ids = {str(row.event_id) for row in await session.execute(text("select event_id from journal"))}
    return [record for record in records if dict(record.headers)["ce_id"].decode() in ids]


async def test_events_leave_in_order_and_end_in_the_journal(kit_db: Database, settings: Settings) -> None:
    one = fact(kit_db)
    events = [one.model_copy(update={"notice_id": new_id()}) for _ in range(1200)]  # one key: one partition, one order
    await tell(kit_db, *events)
    async with relaying(settings):
        await emptied(kit_db, len(events))
    records = await sent(settings, kit_db)
    assert [parse(record) for record in records] == events
    assert {record.key for record in records} == {one.key.encode()}
    headers = {name: value.decode() for name, value in records[0].headers}
    assert headers.pop("ce_id")
    assert headers == {
        "ce_specversion": "1.0",
        "ce_type": "id.kinerja.notify.notice-delivered.v1",
        "ce_source": "/kinerja/notify",
        "ce_subject": one.key,
        "ce_time": "2026-01-05T02:00:00.000000Z",
        "ce_city": HERE,
        "content-type": "application/json",
    }


async def test_a_trace_goes_with_its_event_to_the_broker_and_into_the_journal_whose_chain_does_not_need_it(
    kit_db: Database, settings: Settings
) -> None:
    begun = traceparent.begun()
    with traceparent.bound(begun):
        await tell(kit_db, fact(kit_db))
    await tell(kit_db, fact(kit_db))
    async with relaying(settings):
        await emptied(kit_db, 2)
    records = sorted(await sent(settings, kit_db), key=lambda one: dict(one.headers)["ce_id"])
    assert [dict(one.headers).get("traceparent") for one in records] == [begun.encode(), None]
    connection = await asyncpg.connect(relay_url(kit_db))
    assert [row[0] for row in await connection.fetch("select traceparent from journal order by position")] == [
        begun,
        None,
    ]
    await connection.close()
    assert await verify(relay_url(kit_db)) == (2, [])


async def test_of_several_relays_one_leads(kit_db: Database, settings: Settings) -> None:
    async with relaying(settings, 3):
        for _ in range(20):
            await tell(kit_db, *(fact(kit_db) for _ in range(10)))
        await emptied(kit_db, 200)
    assert len(await sent(settings, kit_db)) == 200


class Interrupted(Relay):
    """Begins a statement while the driver still cleans up after a connection that broke, once."""

    interrupted = False

    async def _carry(self, connection: asyncpg.Connection, producer: AIOKafkaProducer) -> None:
        if not self.interrupted:
            self.interrupted = True
            raise asyncpg.InternalClientError("cannot switch to state 12; another operation (2) is in progress")
        await super()._carry(connection, producer)


async def test_a_driver_that_is_not_done_with_a_broken_connection_is_waited_for(
    kit_db: Database, settings: Settings
) -> None:
    await tell(kit_db, fact(kit_db))
    relay = Interrupted("notify", settings)
    task = asyncio.create_task(relay.run())
    await emptied(kit_db, 1)
    assert relay.interrupted
    assert not task.done()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_each_city_has_a_chain_of_its_own_that_holds(kit_db: Database, settings: Settings) -> None:
    async with relaying(settings):
        for number in range(3):
            await tell(kit_db, *(fact(kit_db, HERE) for _ in range(number + 1)))
            await tell(kit_db, fact(kit_db, THERE))
        await emptied(kit_db, 9)
    assert await verify(relay_url(kit_db)) == (9, [])
    async with kit_db.engine.connect() as connection:
        await connection.execute(text("select set_config('app.tenant', :it, false)"), {"it": THERE})
        assert await journal.verify(connection) == (3, [])


async def verify(url: str) -> tuple[int, list[str]]:
    """Rows and what is broken, as the relay's role sees it."""
    engine = create_async_engine(url.replace("postgresql://", "postgresql+asyncpg://"))
    try:
        async with engine.connect() as connection:
            rows, breaks = await journal.verify(connection)
            return rows, [f"{one.tenant_id}/{one.position}: {one.what}" for one in breaks]
    finally:
        await engine.dispose()


EDITED = "this row is not what was recorded"
CUT = "the end of the chain is missing or was replaced"


@pytest.mark.parametrize(
    ("tampering", "found"),
    [
        ("update journal set body = replace(body, '16.71', '16.72') where position = 2", [f"{HERE}/2: {EDITED}"]),
        ("update journal set reason = 'another' where position = 1", [f"{HERE}/1: {EDITED}"]),
        ("update journal set time = time + interval '1 microsecond' where position = 3", [f"{HERE}/3: {EDITED}"]),
        ("delete from journal where position = 2", [f"{HERE}/3: {EDITED}"]),
        ("delete from journal where position >= 3", [f"{HERE}/4: {CUT}"]),
        ("delete from journal", [f"{HERE}/4: {CUT}"]),
    ],
)
async def test_verification_finds_what_was_edited_by_hand(
    kit_db: Database, settings: Settings, databases: Databases, tampering: str, found: list[str]
) -> None:
    await tell(kit_db, *(fact(kit_db) for _ in range(4)))
    async with relaying(settings):
        await emptied(kit_db, 4)
    assert await verify(relay_url(kit_db)) == (4, [])
    superuser = await asyncpg.connect(databases.postgres.uri(str(kit_db.engine.url.database)))
    try:
        await superuser.execute(tampering)
    finally:
        await superuser.close()
    _, broken = await verify(relay_url(kit_db))
    assert broken == found


async def test_an_auditor_is_told_whether_the_chain_holds_and_where_it_does_not(
    kit_db: Database, settings: Settings, databases: Databases, client_of: ClientOf
) -> None:
    await tell(kit_db, *(fact(kit_db) for _ in range(4)))
    async with relaying(settings):
        await emptied(kit_db, 4)
    auditor, client = new_id(), client_of("plans", kit_db)
    await declare(kit_db, HERE, {Role.AUDITOR: auditor})
    headers = client.as_(auditor, HERE, Role.AUDITOR)
    whole = (await client.get("/v1/journal/verification?at=4", headers=headers)).json()
    assert (whole["rows"], whole["position"], whole["breaks"]) == (4, 4, [])
    assert whole["hash"] == whole["hash_at"]
    superuser = await asyncpg.connect(databases.postgres.uri(str(kit_db.engine.url.database)))
    try:
        await superuser.execute("update journal set reason = 'another' where position = 3")
    finally:
        await superuser.close()
    edited = (await client.get("/v1/journal/verification", headers=headers)).json()
    assert [(one["position"], one["what"]) for one in edited["breaks"]] == [(3, EDITED)]
    assert (await client.get("/v1/journal/verification", headers=client.as_(new_id(), HERE))).status_code == 403


async def test_nothing_is_told_of_what_was_rolled_back(kit_db: Database, settings: Settings) -> None:
    with pytest.raises(RuntimeError, match="afterwards"):
        await _tell_and_fail(kit_db)
    await tell(kit_db, fact(kit_db))
    async with relaying(settings):
        await emptied(kit_db, 1)


async def _tell_and_fail(database: Database) -> None:
    async with database.transaction(HERE) as session:
        emit(session, fact(database))
        await session.flush()
        raise RuntimeError("afterwards")


async def test_a_relay_that_starts_again_sends_nothing_twice(kit_db: Database, settings: Settings) -> None:
    """Its topic holds what was sent: nobody takes a broker for empty that was asked without a name."""
    await tell(kit_db, *(fact(kit_db) for _ in range(5)))
    async with relaying(settings):
        await emptied(kit_db, 5)
    async with relaying(settings):
        await tell(kit_db, fact(kit_db))
        await emptied(kit_db, 6)
    assert len(await sent(settings, kit_db)) == 6


async def test_who_does_not_hold_the_lock_takes_and_moves_nothing(kit_db: Database, settings: Settings) -> None:
    await tell(kit_db, *(fact(kit_db) for _ in range(3)))
    relay, connection = Relay("notify", settings), await asyncpg.connect(relay_url(kit_db))
    try:
        rows = await connection.fetch("select * from outbox order by id")
        with pytest.raises(LeadLost):
            await relay._move(connection, await relay._chain(connection), rows)
        assert await connection.fetch(_TAKE, 10) == []
        assert await connection.fetchval("select count(*) from outbox") == 3
        assert await connection.fetchval("select count(*) + (select count(*) from journal_heads) from journal") == 0
        await connection.execute("select pg_advisory_lock($1)", _LEADER)
        assert len(await connection.fetch(_TAKE, 10)) == 3
    finally:
        await connection.close()


async def test_an_event_that_the_broker_finds_too_large_stops_the_relay_until_it_fits(
    kit_db: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is set aside, nothing overtakes; a metric pages."""
    await tell(kit_db, *(fact(kit_db) for _ in range(3)))
    blocked = ("kinerja_relay_blocked", {"service": "notify"})
    with monkeypatch.context() as narrow:
        narrow.setattr(topics, "LARGEST_BYTES", 200)
        async with relaying(settings), asyncio.timeout(20):
            while metrics.registry.get_sample_value(*blocked) != 1:  # noqa: ASYNC110 - a metric tells nobody
                await asyncio.sleep(0.05)
        async with kit_db.transaction(HERE) as session:
            assert (await session.execute(text("select count(*) from journal"))).scalar_one() == 0
    async with relaying(settings):
        await emptied(kit_db, 3)
    assert metrics.registry.get_sample_value(*blocked) == 0
    assert len(await sent(settings, kit_db)) == 3


async def test_a_relay_of_a_lost_host_is_missed_in_seconds(kit_db: Database) -> None:
    """The server asks a silent client after five seconds and gives up after six more; its lock is free then."""
    connection = await direct.connect(relay_url(kit_db))
    try:
        rows = await connection.fetch("select name, reset_val from pg_settings where name ~ '^tcp_'")
    finally:
        await connection.close()
    assert {row["name"]: row["reset_val"] for row in rows} == KEEPALIVES
    idle, interval, count = (int(KEEPALIVES[f"tcp_keepalives_{name}"]) for name in ("idle", "interval", "count"))
    assert idle + interval * count <= 15


async def test_a_connection_of_its_own_is_no_pooler(kit_db: Database) -> None:
    await direct.refuse_poolers(relay_url(kit_db))


async def test_an_event_left_by_an_earlier_relay_is_no_verified_journal(
    kit_db: Database, settings: Settings, databases: Databases
) -> None:
    await tell(kit_db, *(fact(kit_db) for _ in range(2)))
    async with relaying(settings):
        await emptied(kit_db, 2)
    owner = await asyncpg.connect(databases.postgres.uri(str(kit_db.engine.url.database)))
    try:
        await owner.execute(
            "insert into outbox_dead select position, event_id, tenant_id, topic, key, type, subject, actor, reason, body,"
            " time, 'too large' from journal where position = 2"
        )
    finally:
        await owner.close()
    verdict = await judge(relay_url(kit_db), "notify", directory=None, keys=None)
    assert [one.what for one in verdict.breaks] == ["this event was set aside and never sent"]
