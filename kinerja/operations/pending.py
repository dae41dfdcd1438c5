"""What one workflow waits for from workers, as Temporal describes it, and since when."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.enums.v1 import PendingActivityState, PendingWorkflowTaskState, WorkflowExecutionStatus
from temporalio.api.failure.v1 import Failure
from temporalio.api.history.v1 import HistoryEvent
from temporalio.api.workflow.v1 import PendingActivityInfo
from temporalio.api.workflowservice.v1 import (
    DescribeWorkflowExecutionRequest,
    DescribeWorkflowExecutionResponse,
    GetWorkflowExecutionHistoryReverseRequest,
)
from temporalio.client import Client
from temporalio.converter import DataConverter
from temporalio.service import RPCError, RPCStatusCode

from contracts.workflows import CITY, PERIOD, PHASE, cycle_schedule_id, deadlines_id

LONGEST = 300
"""Characters of what a failure says."""
_NONE = ""
_NEWEST = 20
"""Events of a history that are looked at, from its end."""


@dataclass(frozen=True, slots=True)
class Pending:
    """One thing that a workflow waits for."""

    workflow_id: str
    run_id: str
    city: str
    cycle: str
    """Period and phase, where it leads a cycle."""
    what: str
    """Name of the activity; empty where it is the workflow's own task."""
    activity_id: str
    queue: str
    tries: int
    since: datetime
    """When it was asked for first; until that is looked up, when it was last."""
    next_at: datetime | None
    """The next try; None while one runs, or while it waits for a worker."""
    said: str
    """What the last try failed with, in one line."""
    waits: bool
    """It lies in its queue, and nobody has taken it yet."""


async def pending(client: Client, workflow_id: str) -> list[Pending]:
    """Everything that workers owe it; nothing where it has ended meanwhile. A timer or a signal is nothing that they owe."""
    asked = DescribeWorkflowExecutionRequest(
        namespace=client.namespace, execution=WorkflowExecution(workflow_id=workflow_id)
    )
    try:
        answer = await client.workflow_service.describe_workflow_execution(asked)
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            return []
        raise
    if answer.workflow_execution_info.status != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING:
        return []
    return [*_task(answer), *(_activity(answer, one) for one in answer.pending_activities)]


def _task(answer: DescribeWorkflowExecutionResponse) -> list[Pending]:
    """The workflow's own task, if there is one to do."""
    if not answer.HasField("pending_workflow_task"):
        return []
    task, now = answer.pending_workflow_task, datetime.now(UTC)
    at = task.scheduled_time.ToDatetime(UTC)
    queued = task.state == PendingWorkflowTaskState.PENDING_WORKFLOW_TASK_STATE_SCHEDULED
    queue = answer.execution_config.task_queue.name
    return [
        _made(
            answer,
            queue=queue,
            tries=task.attempt,
            since=at,
            next_at=at if at > now else None,
            waits=queued and at <= now,
        )
    ]


def _activity(answer: DescribeWorkflowExecutionResponse, one: PendingActivityInfo) -> Pending:
    """Its queue is the activity's own, its time the last or next one at which it was put there."""
    at, now = one.scheduled_time.ToDatetime(UTC), datetime.now(UTC)
    queued = one.state == PendingActivityState.PENDING_ACTIVITY_STATE_SCHEDULED
    return _made(
        answer,
        what=one.activity_type.name,
        activity_id=one.activity_id,
        queue=one.activity_options.task_queue.name or one.activity_type.name.partition(".")[0],
        tries=one.attempt,
        since=at,
        next_at=at if queued and at > now else None,
        said=_said(one.last_failure),
        waits=queued and at <= now,
    )


def _made(
    answer: DescribeWorkflowExecutionResponse,
    *,
    queue: str,
    tries: int,
    since: datetime,
    next_at: datetime | None,
    waits: bool,
    what: str = _NONE,
    activity_id: str = _NONE,
    said: str = _NONE,
) -> Pending:
    info = answer.workflow_execution_info
    attributes = _attributes(answer)
    return Pending(
        workflow_id=info.execution.workflow_id,
        run_id=info.execution.run_id,
        # What is of one person or unit carries no attributes, and its city for the sake of fairness.
        city=attributes.get(CITY) or _city_in(info.execution.workflow_id) or info.priority.fairness_key,
        cycle=" ".join(attributes[name] for name in (PHASE, PERIOD) if attributes.get(name)),
        what=what,
        activity_id=activity_id,
        queue=queue,
        tries=tries,
        since=since,
        next_at=next_at,
        said=said,
        waits=waits,
    )


def _attributes(answer: DescribeWorkflowExecutionResponse) -> Mapping[str, str]:
    fields = answer.workflow_execution_info.search_attributes.indexed_fields
    converter = DataConverter.default.payload_converter
    return {name: str(converter.from_payload(fields[name])) for name in (CITY, PERIOD, PHASE) if name in fields}


def _city_in(workflow_id: str) -> str:
    """Of those whose id names a city or a part of one."""
    for begin in (deadlines_id(_NONE), cycle_schedule_id(_NONE)):
        if workflow_id.startswith(begin):
            return workflow_id.removeprefix(begin)[:5]
    return _NONE


async def dated(client: Client, one: Pending) -> Pending:
    """With the time at which it was first asked for, and what a workflow's task failed with: from the end of its history."""
    asking = GetWorkflowExecutionHistoryReverseRequest(
        namespace=client.namespace,
        execution=WorkflowExecution(workflow_id=one.workflow_id, run_id=one.run_id),
        maximum_page_size=_NEWEST,
    )
    try:
        events = (await client.workflow_service.get_workflow_execution_history_reverse(asking)).history.events
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            return one
        raise
    for event in events:
        if not one.what and event.HasField("workflow_task_failed_event_attributes"):
            said = _said(event.workflow_task_failed_event_attributes.failure)
            return replace(one, since=_at(event), said=said or one.said)
        if one.what and event.activity_task_scheduled_event_attributes.activity_id == one.activity_id:
            return replace(one, since=_at(event))
    return one


def _at(event: HistoryEvent) -> datetime:
    return event.event_time.ToDatetime(UTC)


def _said(failure: Failure) -> str:
    """Of a failure whose own words were too long for the server, those of its cause."""
    while failure.message.startswith("Failure exceeds size limit") and failure.HasField("cause"):
        failure = failure.cause
    return line(failure.message)


def line(text: str) -> str:
    """The first line in which something is said, cut to ``LONGEST``."""
    return next((" ".join(line.split())[:LONGEST] for line in text.splitlines() if line.strip()), _NONE)
