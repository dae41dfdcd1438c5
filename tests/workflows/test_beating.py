"""Activities beat while they run: a long one is not taken for dead, however soon silence would be noticed."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest
from temporalio import activity, workflow
from temporalio.testing import WorkflowEnvironment

from kit import temporal

pytestmark = pytest.mark.connected
SILENCE = timedelta(seconds=1)


@activity.defn
async def work(seconds: float) -> str:
    """Take so long."""
    await asyncio.sleep(seconds)
    return "done"


@workflow.defn(sandboxed=False)
class Waiting:
    """Waits for one activity."""

    @workflow.run
    async def run(self, seconds: float) -> str:
        """What the activity answers."""
        return await workflow.execute_activity(
            work, seconds, start_to_close_timeout=timedelta(minutes=10), heartbeat_timeout=SILENCE
        )


async def test_a_long_activity_beats_by_itself(env: WorkflowEnvironment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(temporal, "BEAT_SECONDS", 0.2)
    queue = str(uuid4())
    async with temporal.worker(env.client, queue, activities=[work], workflows=[Waiting]):
        handle = await env.client.start_workflow(Waiting.run, 2.5, id=queue, task_queue=queue)
        assert await handle.result() == "done"
        scheduled = [one async for one in handle.fetch_history_events()]
    attempts = [
        one.activity_task_started_event_attributes.attempt
        for one in scheduled
        if one.HasField("activity_task_started_event_attributes")
    ]
    assert attempts == [1]
