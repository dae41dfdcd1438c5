"""No process listens or sends where its topics are not, and nothing makes them but the command that is for it."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from kinerja.stack.ports import HOST, choose
from kit import topics
from kit.settings import Settings
from kit.topics import Topic, TopicsUnfit

pytestmark = pytest.mark.connected
ROOT = Path(__file__).parents[2]


@pytest.fixture
def settings(kafka: str) -> Settings:
    return Settings(environment="test", kafka=kafka)


@pytest.fixture
async def admin(kafka: str) -> AsyncIterator[AIOKafkaAdminClient]:
    client = AIOKafkaAdminClient(bootstrap_servers=kafka)
    await client.start()
    yield client
    await client.close()


async def test_what_was_made_as_declared_is_found(settings: Settings) -> None:
    await topics.present(settings, {"registry", "plans", "plans.dead", "workflows.dead"})


async def test_missing_topics_are_named_with_what_to_run_and_are_not_made(
    settings: Settings, admin: AIOKafkaAdminClient
) -> None:
    with pytest.raises(TopicsUnfit, match=r"missing .*: elsewhere, nowhere. Make them with `python -m kit.topics`"):
        await topics.present(settings, {"plans", "nowhere", "elsewhere"})
    assert not {"nowhere", "elsewhere"} & set(await admin.list_topics())


async def test_a_broker_that_does_not_answer_is_waited_for() -> None:
    nobody = f"{HOST}:{choose(['nobody'], {})['nobody']}"
    waiting = asyncio.create_task(topics.present(Settings(environment="test", kafka=nobody), {"plans"}))
    done, _ = await asyncio.wait([waiting], timeout=3 * topics.PAUSE_SECONDS)
    assert not done
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)


@pytest.mark.parametrize(
    ("declared", "existing", "change"),
    [
        ({"cleanup.policy": "compact"}, {}, "cleanup.policy=compact"),
        ({}, {"max.message.bytes": "5000"}, "max.message.bytes=1020000"),
    ],
)
async def test_a_topic_that_is_not_as_declared_is_refused_with_how_to_set_it(
    settings: Settings,
    admin: AIOKafkaAdminClient,
    monkeypatch: pytest.MonkeyPatch,
    declared: dict[str, str],
    existing: dict[str, str],
    change: str,
) -> None:
    name = f"unfit-{len(existing)}"
    await admin.create_topics([NewTopic(name, 1, 1, topic_configs=existing)])
    wanted = Topic(name, settings={"max.message.bytes": "1020000"} | declared)
    monkeypatch.setattr(topics, "topics", lambda: [wanted])
    with pytest.raises(TopicsUnfit, match=f"--topic {name} --add-config {change}"):
        await topics.present(settings, {name})


def test_the_command_makes_them_once(kafka: str) -> None:
    given = os.environ | {"KINERJA_KAFKA": kafka, "KINERJA_ENVIRONMENT": "test", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "kit.topics"], cwd=ROOT, env=given, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "every topic is there already\n")
