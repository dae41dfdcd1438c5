"""The Temporal door: the client, the worker, and errors that workflows understand."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import structlog
from temporalio import activity
from temporalio.client import Client
from temporalio.common import VersioningBehavior, WorkerDeploymentVersion
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.exceptions import ApplicationError
from temporalio.worker import (
    ActivityInboundInterceptor,
    ExecuteActivityInput,
    Interceptor,
    Worker,
    WorkerDeploymentConfig,
)

from kit import temporal_access
from kit.errors import KinerjaError
from kit.settings import Settings
from kit.temporal_metrics import keep_draining, sdk_metrics
from kit.temporal_traceparent import Traced, TracedClient

log = structlog.get_logger()
PAUSE_SECONDS = 1.0
BEAT_SECONDS = 3.0
"""How often a running activity says that its worker is alive: workflows give a silent one to another worker."""
DEPLOYMENT = "kinerja-stories"
"""Temporal's name for all builds of the workflows' worker; under another one, workflows that run would find no build."""


_KEPT: set[asyncio.Task[None]] = set()


async def connected(settings: Settings) -> Client:
    """A client that speaks pydantic, as soon as the server answers."""
    while True:
        try:
            client = await Client.connect(
                **temporal_access.client(settings),
                data_converter=pydantic_data_converter,
                runtime=sdk_metrics().runtime,
                interceptors=[TracedClient()],
            )
        except RuntimeError as error:  # what the SDK raises when the server does not answer
            log.warning("waiting for Temporal", error=str(error))
            await asyncio.sleep(PAUSE_SECONDS)
        else:
            draining = asyncio.create_task(keep_draining(), name="metrics of Temporal's SDK")
            _KEPT.add(draining)  # a task that nobody holds may be collected while it waits
            return client


async def act(service: str, settings: Settings, activities: Sequence[Callable[..., Any]]) -> None:
    """Run a service's activities until cancelled; a Temporal server that is not there yet is waited for."""
    client = await connected(settings)
    async with worker(client, service, activities=activities):
        await asyncio.Event().wait()


def worker(
    client: Client,
    queue: str,
    *,
    activities: Sequence[Callable[..., Any]] = (),
    workflows: Sequence[type] = (),
    build: str = "",
) -> Worker:
    """A worker of one task queue; the queue is named after its service.

    With a build it is a version of the deployment ``DEPLOYMENT``; running workflows move on to the current version.
    """
    return Worker(
        client,
        task_queue=queue,
        activities=activities,
        workflows=workflows,
        interceptors=[Traced(), _Translating(), _Beating()],
        deployment_config=_version(build) if build else None,
        max_concurrent_activities=8,
        graceful_shutdown_timeout=timedelta(seconds=10),
    )


def _version(build: str) -> WorkerDeploymentConfig:
    return WorkerDeploymentConfig(
        version=WorkerDeploymentVersion(deployment_name=DEPLOYMENT, build_id=build),
        use_worker_versioning=True,
        default_versioning_behavior=VersioningBehavior.AUTO_UPGRADE,
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


class _Beating(Interceptor):
    """Every activity beats while it runs, so that a worker's death is known in seconds however long the work may take."""

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:
        return _BeatingActivity(next)


class _BeatingActivity(ActivityInboundInterceptor):
    async def execute_activity(self, input: ExecuteActivityInput) -> Any:
        beats = asyncio.create_task(_beat(), name="heartbeat")
        try:
            return await super().execute_activity(input)
        finally:
            beats.cancel()


async def _beat() -> None:
    while True:
        activity.heartbeat()
        await asyncio.sleep(BEAT_SECONDS)
