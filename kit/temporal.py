"""The Temporal door: the client, the worker, and errors that stories understand."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import structlog
from temporalio import activity
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.exceptions import ApplicationError
from temporalio.worker import (
    ActivityInboundInterceptor,
    ExecuteActivityInput,
    Interceptor,
    Worker,
)

from kit.errors import KinerjaError
from kit.settings import Settings


async def connect(settings: Settings) -> Client:
    """A client that speaks pydantic."""
    return await Client.connect(
        settings.temporal, namespace=settings.temporal_namespace, data_converter=pydantic_data_converter
    )


def worker(
    client: Client,
    queue: str,
    *,
    activities: Sequence[Callable[..., Any]] = (),
    workflows: Sequence[type] = (),
) -> Worker:
    """A worker of one task queue; the queue is named after its service."""
    return Worker(
        client,
        task_queue=queue,
        activities=activities,
        workflows=workflows,
        interceptors=[_Translating()],
        max_concurrent_activities=8,
        graceful_shutdown_timeout=timedelta(seconds=10),
    )


class _Translating(Interceptor):
    """Business errors become application errors: refusals are final, "not ready" is asked again."""

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:
        return _TranslatingActivity(next)


class _TranslatingActivity(ActivityInboundInterceptor):
    async def execute_activity(self, input: ExecuteActivityInput) -> Any:
        info = activity.info()
        structlog.contextvars.bind_contextvars(workflow_id=info.workflow_id, activity=info.activity_type)
        try:
            return await super().execute_activity(input)
        except KinerjaError as error:
            raise ApplicationError(str(error), type=error.kind, non_retryable=not error.retryable) from error
