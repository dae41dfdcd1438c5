"""A stack on engines that exist already: used, remembered, left as they were; those of another stack are refused."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient
from temporalio.api.operatorservice.v1 import ListSearchAttributesRequest
from temporalio.client import Client

from contracts.base import DEPLOYED
from contracts.workflows import QUEUE, SEARCH_ATTRIBUTES
from kinerja import journals
from kinerja.stack.broker import broker
from kinerja.stack.errors import StackError
from kinerja.stack.existing import kafka as existing_kafka
from kinerja.stack.existing import temporal as existing_temporal
from kinerja.stack.existing.named import Existing
from kinerja.stack.kafka import ApacheKafka
from kinerja.stack.ports import HOST, choose
from kinerja.stack.processes import Child
from kinerja.stack.stack import LocalStack
from kinerja.stack.tempo import Tempo
from kit.topics import Topic, topics
from tests.stack.existing import a_broker, a_postgres, a_temporal, run

pytestmark = [pytest.mark.connected, pytest.mark.timeout(300)]
PLANS = ("plans",)
TOLD = """
insert into journal (position, event_id, tenant_id, topic, key, type, subject, actor, body, time, hash)
values (1, '{id}', '16.71', 'plans', 'k', 'id.kinerja.plans.plan-set.v1', 'k', 'a', '{{}}', '{time}', 'h')
"""


@pytest.fixture
async def there(tmp_path: Path, kafka: str) -> AsyncIterator[Existing]:
    """A Kafka with every topic, an empty PostgreSQL, an empty Temporal."""
    async with AsyncExitStack() as held:
        server = await held.enter_async_context(a_postgres(tmp_path / "server"))
        temporal = await held.enter_async_context(a_temporal(tmp_path))
        yield Existing(kafka=kafka, postgres=server.uri(), temporal=temporal)


def _stack(directory: Path, existing: Existing | None = None, tempo: Tempo | None = None) -> LocalStack:
    return LocalStack(directory, services=PLANS, engines_only=True, existing=existing, tempo=tempo)


async def _topics(address: str) -> set[str]:
    admin = AIOKafkaAdminClient(bootstrap_servers=address)
    await admin.start()
    try:
        return set(await admin.list_topics())
    finally:
        await admin.close()


async def _send(address: str, topic: str, event_id: str | None) -> None:
    headers = [("ce_id", event_id.encode())] if event_id else []
    async with AIOKafkaProducer(bootstrap_servers=address) as producer:
        await producer.send_and_wait(topic, b"{}", key=b"k", headers=headers)


async def test_a_whole_service_runs_on_them_and_they_stay_when_it_stops(there: Existing, tmp_path: Path) -> None:
    stack = LocalStack(tmp_path / "state", services=PLANS, existing=there)
    async with stack:
        assert set(stack.processes) == {"mail", "plans-api", "plans-worker", "workflows"}
        settings = stack.processes["plans-worker"].program.environment
        assert settings["KINERJA_KAFKA"] == there.kafka
        assert (settings["KINERJA_KAFKA_IDEMPOTENT"], settings["KINERJA_KAFKA_SESSION_MS"]) == ("true", "45000")
        assert {child.state for child in stack.processes.values()} == {"ready"}
    assert await run(there.postgres, "select count(*) from pg_database where datname = 'kinerja_plans'") == 1
    assert "plans" in await _topics(there.kafka)
    async with AsyncExitStack() as held:  # of a stack that was stopped, on a server that was not
        verdict = await journals.verify(stack.state, await journals.reachable(stack.state, held), "plans")
    assert (verdict.events, verdict.breaks) == (0, [])


async def test_they_are_remembered_and_what_is_named_later_wins(there: Existing, tmp_path: Path) -> None:
    async with _stack(tmp_path / "state", there):
        pass
    again = _stack(tmp_path / "state")
    assert again.existing == there
    elsewhere = _stack(tmp_path / "state", Existing(kafka="127.0.0.1:1"))
    assert (elsewhere.existing.kafka, elsewhere.existing.postgres) == ("127.0.0.1:1", there.postgres)
    assert oct((tmp_path / "state" / "engines.json").stat().st_mode & 0o777) == "0o600"


async def test_each_alone_stands_beside_engines_of_the_stack(there: Existing, tmp_path: Path) -> None:
    for name, expected in (
        ("kafka", {"mail", "postgres", "temporal"}),
        ("postgres", {"mail", "broker", "temporal"}),
        ("temporal", {"mail", "postgres", "broker"}),
    ):
        alone = Existing.model_validate({name: getattr(there, name)})
        async with _stack(tmp_path / name, alone) as stack:
            assert set(stack.processes) == expected


async def test_the_kafka_of_another_stack_is_refused(there: Existing, tmp_path: Path) -> None:
    known = str(uuid4())
    async with _stack(tmp_path / "state", there) as stack:
        await run(stack.postgres_uri("kinerja_plans", "plans_relay"), TOLD.format(id=known, time="2026-01-05T02:00Z"))
    await _send(there.kafka, "plans", known)
    async with _stack(tmp_path / "state"):
        pass  # what its own database sent
    await _send(there.kafka, "plans", str(uuid4()))
    with pytest.raises(StackError, match=r"holds messages in topic plans that the database of plans never sent"):
        await _stack(tmp_path / "state").start()
    with pytest.raises(StackError, match=r"never sent: they are another stack's\. Start with its databases"):
        await _stack(tmp_path / "fresh", Existing(kafka=there.kafka)).start()


async def test_databases_that_are_ahead_of_the_clock_are_another_directorys(there: Existing, tmp_path: Path) -> None:
    existing = Existing(postgres=there.postgres)
    async with _stack(tmp_path / "state", existing) as stack:
        later = datetime.now(UTC) + timedelta(days=30)
        await run(stack.postgres_uri("kinerja_plans", "plans_relay"), TOLD.format(id=uuid4(), time=later.isoformat()))
    with pytest.raises(StackError, match=r"the databases hold facts of .*another state directory"):
        await _stack(tmp_path / "state").start()
    async with _stack(tmp_path / "state", tempo=Tempo(((0.0, later + timedelta(days=1)),))):
        pass


async def test_workflows_of_another_stack_are_refused_and_lost_ones_can_be_begun_again(
    there: Existing, tmp_path: Path
) -> None:
    client = await Client.connect(there.temporal)
    handle = await client.start_workflow("CycleWorkflow", id="cycle/of-another-stack", task_queue=QUEUE)
    with pytest.raises(StackError, match=r"runs 1 workflows of another stack, and the databases are empty"):
        await _patiently(tmp_path / "state", Existing(temporal=there.temporal))
    await handle.terminate()
    said: list[str] = []
    async with _stack(tmp_path / "told", Existing(postgres=there.postgres)) as stack:
        await run(stack.postgres_uri("kinerja_plans", "plans_relay"), TOLD.format(id=uuid4(), time="2026-01-05T02:00Z"))
    async with LocalStack(tmp_path / "told", services=PLANS, engines_only=True, say=said.append):
        assert any("kinerja events replay" in one for one in said)


async def _patiently(directory: Path, existing: Existing) -> None:
    """Temporal shows a new workflow to whoever searches a moment after it began."""
    for _ in range(50):
        async with _stack(directory, existing):
            pass
    pytest.fail("never refused")


async def test_the_topics_that_are_missing_are_made_and_what_is_in_the_others_stays(tmp_path: Path) -> None:
    wanted = topics(DEPLOYED)
    async with a_broker(tmp_path, Topic("plans", partitions=7)) as address:
        await _send(address, "plans", str(uuid4()))
        await existing_kafka.prepare(address, wanted)
        assert await _topics(address) >= {topic.name for topic in wanted}
        admin = AIOKafkaAdminClient(bootstrap_servers=address)
        await admin.start()
        (plans,) = await admin.describe_topics(["plans"])
        await admin.close()
        assert len(plans["partitions"]) == 7


async def test_a_topic_that_must_be_compacted_and_is_not_is_refused(apache_kafka: ApacheKafka) -> None:
    ours = Topic("of-somebody-else", settings={"cleanup.policy": "compact"})
    await existing_kafka.prepare(apache_kafka.address, [Topic(ours.name)])
    with pytest.raises(
        StackError, match=r"of-somebody-else on .* is not as declared.*kafka-configs\.sh.*cleanup\.policy=compact"
    ):
        await existing_kafka.prepare(apache_kafka.address, [ours])
    await existing_kafka.prepare(apache_kafka.address, topics(DEPLOYED))


async def test_a_kafka_that_does_not_answer_or_sends_its_clients_astray_is_named(tmp_path: Path) -> None:
    with pytest.raises(StackError, match=r"no Kafka answers at 127\.0\.0\.1:1 "):
        await existing_kafka.prepare("127.0.0.1:1", topics(PLANS))
    port = choose(["astray"], {})["astray"]
    child = _astray(broker(port=port, log=tmp_path / "broker.log"))
    await child.start()
    try:
        with pytest.raises(StackError, match=r"sends its clients to 127\.0\.0\.1:1, .*advertised\.listeners"):
            await existing_kafka.prepare(f"{HOST}:{port}", topics(PLANS))
    finally:
        await child.stop()


def _astray(child: Child) -> Child:
    words = list(child.program.command)
    words[words.index("--advertised-listener-url") + 1] = "tcp://127.0.0.1:1"
    object.__setattr__(child.program, "command", tuple(words))
    return child


async def test_a_temporal_gets_its_search_attributes_and_one_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StackError, match=r"no Temporal answers at 127\.0\.0\.1:1 "):
        await existing_temporal.prepare("127.0.0.1:1", "default")
    async with a_temporal(tmp_path) as address:
        await existing_temporal.prepare(address, "default")
        client = await Client.connect(address)
        known = await client.operator_service.list_search_attributes(ListSearchAttributesRequest(namespace="default"))
        assert set(SEARCH_ATTRIBUTES) <= set(known.custom_attributes)
        with pytest.raises(StackError, match=r"has no namespace city: .*namespace create --namespace city"):
            await existing_temporal.prepare(address, "city")
