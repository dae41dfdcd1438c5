"""Workflows that are stuck: their task fails again and again, an activity does, or nobody works on what they ask for.

Whoever waits for a timer or a signal is not stuck. Temporal's visibility knows of failing workflow tasks alone, so what an
activity waits for is read workflow by workflow; those of whole cities first.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from kinerja.operations.pending import Pending, dated, line, pending
from kinerja.stack.errors import StackError
from kit import temporal_access
from kit.settings import Settings

AT_ONCE = 16
TASK_TRIES = 3
"""One try of a workflow's own task may be lost with its worker; whoever has begun the third has failed twice."""
_OF_CITIES = ("cycle", "deadlines", "season")
"""Types and beginnings of ids of which a city has a few, and where a whole city waits with them."""
_RUNNING = "ExecutionStatus = 'Running'"
_REPORTED = f"{_RUNNING} and TemporalReportedProblems is not null"
_QUERIES = (
    _REPORTED,
    f"{_RUNNING} and WorkflowType in {_OF_CITIES}",
    f"{_RUNNING} and WorkflowType not in {_OF_CITIES}",
)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What counts as stuck, and how many workflows are looked at."""

    tries: int
    """An activity that was begun more often."""
    waiting: timedelta
    """What has waited for a worker for longer, with nobody asking for it meanwhile."""
    most: int
    """Workflows to look at."""


@dataclass(frozen=True, slots=True)
class Queue:
    """A task queue on which nobody works."""

    name: str
    tasks: int
    """Of the workflows that were looked at."""
    since: datetime
    """When the oldest of them was put there."""
    asked_at: datetime | None
    """When a worker last asked for one; None where the server remembers none (it forgets after some minutes)."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was found."""

    running: int
    looked_at: int
    queues: Sequence[Queue]
    stuck: Sequence[Pending]
    """The worst first."""


async def connected(settings: Settings) -> Client:
    """A client; raises StackError where no server answers."""
    try:
        return await Client.connect(**temporal_access.client(settings))
    except (RuntimeError, RPCError) as error:
        raise StackError(
            f"no Temporal answers at {settings.temporal} ({line(str(error))}): is it running, is this the port of its"
            " frontend (7233), and do KINERJA_TEMPORAL_TLS and its like say how it is entered?"
        ) from error


async def look(client: Client, bounds: Bounds, *, shown: int, advance: Callable[[int, int], None]) -> Report:
    """What is stuck now; ``advance`` hears how many of how many were looked at. Raises StackError for a deaf server.

    The histories of the first ``shown`` are asked since when they are.
    """
    try:
        running = (await client.count_workflows(_RUNNING)).count
        ids = [one async for one in _ids(client, bounds.most)]
        found = await _side_by_side(client, ids, lambda count: advance(count, len(ids)))
        queues = await _unpolled(client, [one for one in found if _waits(one, bounds)])
        names = {one.name for one in queues}
        stuck = [one for one in found if _is_tried(one, bounds) or (_waits(one, bounds) and one.queue in names)]
        worst = sorted(stuck, key=lambda one: _order(one, names))
        looked_up = await asyncio.gather(*(dated(client, one) for one in worst[:shown]))
    except RPCError as error:
        raise StackError(f"Temporal does not tell how its workflows are: {line(str(error))}") from error
    return Report(running, len(ids), queues, [*looked_up, *worst[shown:]])


def _is_tried(one: Pending, bounds: Bounds) -> bool:
    return one.tries > bounds.tries if one.what else one.tries >= TASK_TRIES


def _waits(one: Pending, bounds: Bounds) -> bool:
    return one.waits and one.since <= datetime.now(UTC) - bounds.waiting


def _order(one: Pending, unpolled: Collection[str]) -> tuple[bool, bool, bool, datetime]:
    """What no worker takes, then what none can replay, then what fails; each with whole cities before single cases."""
    of_city = one.workflow_id.partition("/")[0] in _OF_CITIES
    return not (one.waits and one.queue in unpolled), bool(one.what), not of_city, one.since


async def _ids(client: Client, most: int) -> AsyncIterator[str]:
    """Those with a reported problem, those of whole cities, then the others, each the newest first; at most so many."""
    seen: set[str] = set()
    for query in _QUERIES:
        try:
            async for one in client.list_workflows(query, limit=most):
                if one.id not in seen and len(seen) < most:
                    seen.add(one.id)
                    yield one.id
        except RPCError as error:
            # An older server does not know the attribute; what it would say is found by looking at each as well.
            if query != _REPORTED or error.status is not RPCStatusCode.INVALID_ARGUMENT:
                raise


async def _side_by_side(client: Client, ids: Sequence[str], advance: Callable[[int], None]) -> list[Pending]:
    limit, done, found = asyncio.Semaphore(AT_ONCE), 0, list[Pending]()

    async def one(workflow_id: str) -> None:
        nonlocal done
        async with limit:
            found.extend(await pending(client, workflow_id))
        done += 1
        advance(done)

    await asyncio.gather(*map(one, ids))
    return found


async def _unpolled(client: Client, waiting: Iterable[Pending]) -> list[Queue]:
    """The queues where nobody has asked for a task since the oldest of these was put there; the oldest first."""
    by_queue: dict[tuple[str, bool], list[Pending]] = {}
    for one in waiting:
        by_queue.setdefault((one.queue, bool(one.what)), []).append(one)
    asked = await asyncio.gather(*(_asked_at(client, *queue) for queue in by_queue))
    queues = [
        Queue(name, len(tasks), min(one.since for one in tasks), at)
        for ((name, _), tasks), at in zip(by_queue.items(), asked, strict=True)
    ]
    # A worker that is alive and free takes the oldest at once: whoever has asked since has its hands full.
    return sorted((one for one in queues if not one.asked_at or one.asked_at <= one.since), key=lambda one: one.since)


async def _asked_at(client: Client, queue: str, of_activities: bool) -> datetime | None:  # noqa: FBT001
    kind = TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY if of_activities else TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW
    asking = DescribeTaskQueueRequest(
        namespace=client.namespace, task_queue=TaskQueue(name=queue), task_queue_type=kind
    )
    answer = await client.workflow_service.describe_task_queue(asking)
    return max((one.last_access_time.ToDatetime(UTC) for one in answer.pollers), default=None)
