"""A stage on which workflows are played while their workers are killed: at any step, and by any service."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from temporalio.client import Client
from temporalio.exceptions import ApplicationError
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import (
    ActivityInboundInterceptor,
    ExecuteActivityInput,
    Interceptor,
    UnsandboxedWorkflowRunner,
    Worker,
)

from contracts.workflows import QUEUE
from tests.workflows.offices import EvaluationOffice, FeedbackOffice, Ledger, PlansOffice, acts_of
from workflows.registered import WORKFLOWS


@dataclass
class Killer(Interceptor):
    """Counts the calls to the services and strikes at one of them."""

    client: Client
    strikes_at: int = -1
    """Number of the call; none by default."""
    kills: str = "workflow"
    """``workflow``: the worker of the workflows is replaced while a service works. ``service``: what the service did stands,
    but it dies before it can answer, so that it is asked again."""
    calls: int = 0
    struck: list[str] = field(default_factory=list)
    _worker: Worker | None = None
    _playing: asyncio.Task[None] | None = None

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:  # noqa: A002
        return _Striking(next, self)

    async def begin(self) -> None:
        """Start a worker that has seen nothing."""
        doomed = self.kills == "workflow" and self.strikes_at >= self.calls
        self._worker = Worker(
            self.client,
            task_queue=QUEUE,
            workflows=WORKFLOWS,
            # The server would keep a task for the cache of a worker that is gone, for ever while its time stands still.
            max_cached_workflows=0 if doomed else 100,
            # Without a cache every task would make a sandbox anew, which takes longer than all the rest.
            workflow_runner=UnsandboxedWorkflowRunner(),
        )
        self._playing = asyncio.create_task(self._worker.run())

    async def end(self) -> None:
        """Stop it; what it has in memory is lost."""
        if self._worker is not None and self._playing is not None:
            await self._worker.shutdown()
            await self._playing

    async def strike(self, what: str) -> None:
        """Kill whom this test is about."""
        self.struck.append(what)
        if self.kills == "service":
            raise ApplicationError("killed before it could answer")
        await self.end()
        await self.begin()


class _Striking(ActivityInboundInterceptor):
    def __init__(self, following: ActivityInboundInterceptor, killer: Killer) -> None:
        super().__init__(following)
        self._killer = killer

    async def execute_activity(self, input: ExecuteActivityInput) -> Any:  # noqa: A002
        answer = await super().execute_activity(input)
        number, self._killer.calls = self._killer.calls, self._killer.calls + 1
        if number == self._killer.strikes_at:
            await self._killer.strike(input.fn.__name__)
        return answer


@asynccontextmanager
async def stage(env: WorkflowEnvironment, killer: Killer) -> AsyncIterator[Ledger]:
    """Services and workflows at work, with what they were asked."""
    ledger = Ledger(env)
    offices: dict[str, PlansOffice | FeedbackOffice | EvaluationOffice]
    offices = {"plans": PlansOffice(ledger), "feedback": FeedbackOffice(ledger), "evaluation": EvaluationOffice(ledger)}
    workers = [
        Worker(env.client, task_queue=queue, activities=acts_of(office), interceptors=[killer])
        for queue, office in offices.items()
    ]
    async with workers[0], workers[1], workers[2]:
        await killer.begin()
        try:
            yield ledger
        finally:
            await killer.end()
