"""An engine that is away costs time and nothing else: its messages wait, the process says so, and each takes effect once."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.service import RPCError

from contracts.base import Event, new_id
from contracts.evaluation.cycles import CycleOpened
from contracts.evaluation.visits import VisitHeld
from contracts.plans.plans import PlanDrafted
from contracts.registry.units import UnitRecorded
from contracts.workflows import cycle_id
from directory.take import MASTER_DATA, take_master_data
from kinerja.stack.ports import HOST
from kinerja.stack.processes import Child
from kit import kafka as bus
from kit import transient, worker
from kit.clock import Clock
from kit.db import Database
from kit.kafka import Broker, Listener, copy_master_data
from kit.kafka.trials import TRIES, Waits
from kit.settings import Settings
from tests.bus import letters
from tests.bus.conftest import is_ready, ready, until
from tests.bus.poison import good
from tests.support.cable import Cable
from workflows.triggers.deadlines import ExpectedSweeps
from workflows.triggers.install import by_event, install

pytestmark = [pytest.mark.connected, pytest.mark.timeout(300)]
CITY = "14.72"
SERVICE = "plans"


@pytest.fixture
async def cable(plans_db: Database, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Cable]:
    """Between the consumers and their PostgreSQL: a socket of its own in front of the server's."""
    near = tmp_path_factory.mktemp("pg") / ".s.PGSQL.5432"
    far = Path(str(plans_db.engine.url.query["host"])) / near.name
    made = Cable(
        lambda handler: asyncio.start_unix_server(handler, near), lambda: asyncio.open_unix_connection(str(far))
    )
    made.near = near.parent
    await made.plug_in()
    yield made
    await made.pull()


@pytest.fixture
async def database(cable: Cable, plans_db: Database) -> AsyncIterator[Database]:
    """The same database, by the cable."""
    url = plans_db.engine.url.update_query_dict({"host": str(cable.near)})
    made = Database(url.render_as_string(hide_password=False), clock=plans_db.clock, pool=5)
    yield made
    await made.close()


@pytest.fixture
def broker(bus_settings: Settings) -> Broker:
    made = bus.broker(bus_settings, SERVICE)
    made.waits = Waits(first=0.01, longest=0.2, not_ready=0)
    return made


class Counting:
    """A command that counts itself in the database: rolled back, it has not been."""

    async def __call__(self, session: AsyncSession, event: Event) -> None:
        await session.execute(
            text("insert into inbox (consumer, event_id, claimed_at) values ('seen', gen_random_uuid(), now())")
        )

    @staticmethod
    async def seen(database: Database) -> int:
        async with database.transaction(CITY) as session:
            return int((await session.execute(text("select count(*) from inbox where consumer = 'seen'"))).scalar_one())


async def test_a_database_that_is_away_for_long_loses_no_effect(
    broker: Broker, database: Database, plans_db: Database, cable: Cable, kafka: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "WAITING_SECONDS", 0.0)
    before = len(await letters.dead(kafka, SERVICE))
    Listener(broker, database, SERVICE).on(PlanDrafted, Counting())
    copy_master_data(broker, database, SERVICE, take_master_data, kinds=MASTER_DATA)
    with_database, without = worker.application(SERVICE, broker, database), worker.application(SERVICE, broker, None)
    await broker.start()
    try:
        assert (await ready(with_database)).status_code == 200
        await cable.pull()
        messages = [good(PlanDrafted) for _ in range(9)]
        await letters.send(kafka, [*messages, good(UnitRecorded)])
        # Twice as often as consumers once gave up after, and everybody who listens.
        await until(partial(_tried, broker, 2 * TRIES, groups=2))
        assert {one["group"] for one in (await ready(without)).json()["waiting"]} == {
            "plans.plans",
            "plans.registry",
        }
        assert (await ready(with_database)).status_code == 503
        await cable.plug_in()
        await until(partial(_counted, plans_db, 9))
        await until(partial(is_ready, with_database))
    finally:
        await broker.stop()
    async with plans_db.transaction(CITY) as session:
        assert (await session.execute(text("select count(*) from directory_units"))).scalar_one() == 1
    assert await Counting.seen(plans_db) == 9
    assert len(await letters.dead(kafka, SERVICE)) == before


async def _tried(broker: Broker, often: int, *, groups: int) -> bool:
    trials = [trial for one in broker._patience.values() for trial in one._trials.values()]
    return sum(trial.attempts >= often for trial in trials) >= groups


async def _counted(database: Database, count: int) -> bool:
    return await Counting.seen(database) >= count


async def test_a_process_that_ends_while_it_waits_leaves_its_messages_to_the_next(
    bus_settings: Settings, broker: Broker, database: Database, plans_db: Database, cable: Cable, kafka: str
) -> None:
    service = "notify"  # a group that has read nothing yet
    Listener(broker, database, service).on(PlanDrafted, Counting())
    await broker.start()
    await cable.pull()
    await letters.send(kafka, [good(PlanDrafted)])
    await until(partial(_tried, broker, 2, groups=1))
    await broker.stop()
    await cable.plug_in()
    next_one = bus.broker(bus_settings, service)
    Listener(next_one, database, service).on(PlanDrafted, Counting())
    await next_one.start()
    try:
        await until(partial(_counted, plans_db, 1))
    finally:
        await next_one.stop()


async def test_a_temporal_that_is_away_for_long_loses_no_story(
    bus_settings: Settings, client: Client, temporal: Child, kafka: str
) -> None:
    broker = bus.broker(bus_settings, "workflows")
    broker.waits = Waits(first=0.01, longest=0.05, not_ready=0)
    install(broker, client, ExpectedSweeps(Clock()))
    await broker.start()
    try:
        await temporal.stop()
        opened = good(CycleOpened)
        await letters.send(kafka, [opened])
        await until(partial(_tried, broker, TRIES + 1, groups=1))
        await temporal.start()
        await until(partial(_nothing_waits, broker))
    finally:
        await broker.stop()
    cycle = CycleOpened.model_validate_json(opened.value or b"").cycle_id
    await client.get_workflow_handle(cycle_id(cycle)).describe()
    assert await letters.dead(kafka, "workflows") == []


@pytest.mark.parametrize("kind", [CycleOpened, VisitHeld])  # one starts a workflow, the other signals one
async def test_a_server_without_our_namespace_is_not_taken_for_one_without_the_workflow(
    kind: type[Event], temporal_ports: dict[str, int], temporal: Child
) -> None:
    elsewhere = await Client.connect(
        f"{HOST}:{temporal_ports['temporal']}", namespace="nowhere", data_converter=pydantic_data_converter
    )
    event = kind.model_validate_json(good(kind).value or b"")
    for trigger in by_event(ExpectedSweeps(Clock()))[kind]:
        with pytest.raises(RPCError) as raised:
            await trigger.fire(elsewhere, event, new_id())
        assert transient.kind(raised.value) is transient.Kind.TRANSIENT


async def _nothing_waits(broker: Broker) -> bool:
    return not broker.waiting()
