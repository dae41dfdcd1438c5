"""How a workflow calls an activity of a service: its task queue, time-outs and retries."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, TypeVar

from temporalio import workflow
from temporalio.common import RetryPolicy

from contracts.base import Frozen

Ask = TypeVar("Ask", bound=Frozen)
Answer = TypeVar("Answer")

_RETRY = RetryPolicy(
    initial_interval=timedelta(milliseconds=200), backoff_coefficient=1.6, maximum_interval=timedelta(seconds=30)
)
"""Without end: a service that is down for a night must not break a cycle; refusals are not retried."""

_START_TO_CLOSE = timedelta(minutes=10)
"""Not how a dead worker is noticed, see below: opening a phase for a whole city may take its time."""
_HEARTBEAT = timedelta(seconds=15)
"""A worker that does not beat for so long is dead, and another one is called; activities beat by themselves."""


async def call(activity: Callable[[Any, Ask], Awaitable[Answer]], ask: Ask, *, queue: str) -> Answer:
    """The answer of the service that owns the queue; waits for it as long as it takes."""
    return await workflow.execute_activity_method(
        activity,
        ask,
        task_queue=queue,
        start_to_close_timeout=_START_TO_CLOSE,
        heartbeat_timeout=_HEARTBEAT,
        retry_policy=_RETRY,
    )
