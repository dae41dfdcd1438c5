"""What an event does to a workflow: it starts one, or signals one that it starts if need be."""

from collections.abc import Awaitable, Callable
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from temporalio.api.errordetails.v1 import NamespaceNotFoundFailure
from temporalio.client import Client
from temporalio.common import Priority, TypedSearchAttributes, WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from contracts.base import Event, Frozen
from contracts.workflows import QUEUE, EventSignal
from kit import traceparent

E = TypeVar("E", bound=Event)
Run = Callable[[Any, Any], Awaitable[Any]]
"""A workflow's run method."""
TASK_TIMEOUT = timedelta(seconds=20)
"""Instead of ten: a worker on a busy machine may have a long history to replay before it can answer."""


class Trigger(Protocol):
    """What an event does; ``fire`` bears to be repeated with the same event and id."""

    @property
    def event(self) -> type[Event]: ...

    @property
    def run(self) -> Run: ...

    async def fire(self, client: Client, event: Any, event_id: UUID) -> None: ...


def _none(_: Event) -> TypedSearchAttributes:
    return TypedSearchAttributes.empty


@dataclass(frozen=True)
class Start(Generic[E]):
    """The event begins something; a second delivery finds the first workflow, running or ended."""

    event: type[E]
    run: Run
    workflow_id: Callable[[E], str]
    start: Callable[[E], Frozen]
    search_attributes: Callable[[E], TypedSearchAttributes] = _none
    traced: bool = True
    """Whether what the workflow does follows from the request of the event; not where it serves a whole city for ever."""

    async def fire(self, client: Client, event: E, _event_id: UUID) -> None:
        """The id is made from the business, so that the server refuses a repeat: no need of the event's own id."""
        with nullcontext() if self.traced else traceparent.nobodys(), suppress(WorkflowAlreadyStartedError):
            await client.start_workflow(
                self.run,
                self.start(event),
                id=self.workflow_id(event),
                task_queue=QUEUE,
                id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
                id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
                task_timeout=TASK_TIMEOUT,
                search_attributes=self.search_attributes(event),
                # One city's burst must not keep the workflows of the others waiting for a worker.
                priority=Priority(fairness_key=event.tenant_id),
            )


def concerning(event: Event, event_id: UUID) -> EventSignal:
    """What most workflows are signalled; the decision lies in the services' rows, never in the signal."""
    return EventSignal(event_id=event_id, what=event.ce_type())


@dataclass(frozen=True)
class Signal(Generic[E]):
    """The event concerns what a workflow leads, which wakes and asks its service."""

    event: type[E]
    run: Run
    signal: Callable[[Any, Any], None]
    workflow_id: Callable[[E], str]
    message: Callable[[E, UUID], Frozen] = concerning

    async def fire(self, client: Client, event: E, event_id: UUID) -> None:
        """A workflow that has ended, or whose city has no cycle yet, needs no waking."""
        try:
            handle = client.get_workflow_handle(self.workflow_id(event))
            await handle.signal(self.signal, self.message(event, event_id))
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND or _lacks_namespace(error):
                raise


def _lacks_namespace(error: RPCError) -> bool:
    """The server says with one status that a workflow is not there, and that it knows none of ours."""
    return any(one.Is(NamespaceNotFoundFailure.DESCRIPTOR) for one in error.grpc_status.details)
