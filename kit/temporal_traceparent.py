"""Carries the trace through Temporal, in its headers: from a client to the workflow, and from there to its activities.

What a workflow asks for belongs to the last start or signal that came with a trace. An activity without one begins its own.
"""

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from temporalio import client, worker
from temporalio.api.common.v1 import Payload

from kit import traceparent

Headers = Mapping[str, Payload]


class TracedClient(client.Interceptor):
    """Starts and signals say which request they come from."""

    def intercept_client(self, next: client.OutboundInterceptor) -> client.OutboundInterceptor:
        return _Client(next)


class _Client(client.OutboundInterceptor):
    async def start_workflow(self, input: client.StartWorkflowInput) -> client.WorkflowHandle[Any, Any]:
        input.headers = _with(input.headers, _said())
        return await super().start_workflow(input)

    async def signal_workflow(self, input: client.SignalWorkflowInput) -> None:
        input.headers = _with(input.headers, _said())
        await super().signal_workflow(input)


class Traced(worker.Interceptor):
    """Workflows remember the trace, activities work under it."""

    def intercept_activity(self, next: worker.ActivityInboundInterceptor) -> worker.ActivityInboundInterceptor:
        return _Activity(next)

    def workflow_interceptor_class(
        self,
        input: worker.WorkflowInterceptorClassInput,  # noqa: ARG002 - the SDK's own signature
    ) -> type[worker.WorkflowInboundInterceptor]:
        return _Workflow


class _Activity(worker.ActivityInboundInterceptor):
    async def execute_activity(self, input: worker.ExecuteActivityInput) -> Any:
        with traceparent.bound(traceparent.joined(_read(input.headers))):
            return await super().execute_activity(input)


class _Workflow(worker.WorkflowInboundInterceptor):
    """Runs in the workflow's sandbox: nothing here is random, and the same history says the same."""

    last: Payload | None = None

    def init(self, outbound: worker.WorkflowOutboundInterceptor) -> None:
        super().init(_FromWorkflow(outbound, self))

    async def execute_workflow(self, input: worker.ExecuteWorkflowInput) -> Any:
        if self.last is None:  # a signal that came with the start is later than it
            self.last = input.headers.get(traceparent.HEADER)
        return await super().execute_workflow(input)

    async def handle_signal(self, input: worker.HandleSignalInput) -> None:
        self.last = input.headers.get(traceparent.HEADER) or self.last
        await super().handle_signal(input)


class _FromWorkflow(worker.WorkflowOutboundInterceptor):
    def __init__(self, next: worker.WorkflowOutboundInterceptor, told: _Workflow) -> None:
        super().__init__(next)
        self._told = told

    def start_activity(self, input: worker.StartActivityInput) -> Any:
        input.headers = _with(input.headers, self._told.last)
        return super().start_activity(input)

    def continue_as_new(self, input: worker.ContinueAsNewInput) -> NoReturn:
        input.headers = _with(input.headers, self._told.last)
        super().continue_as_new(input)


def _said() -> Payload | None:
    now = traceparent.current()
    if now is None:
        return None
    return Payload(metadata={"encoding": b"json/plain"}, data=json.dumps(now).encode())


def _with(headers: Headers, said: Payload | None) -> Headers:
    return headers if said is None else {**headers, traceparent.HEADER: said}


def _read(headers: Headers) -> str | None:
    payload = headers.get(traceparent.HEADER)
    if payload is None:
        return None
    try:
        said = json.loads(payload.data)
    except ValueError:
        return None
    return said if isinstance(said, str) else None
