"""What wakes the cycle schedules: a policy opens its cycles by itself from now on, or no longer, or on other days."""

from dataclasses import dataclass
from uuid import UUID

from temporalio.client import Client
from temporalio.common import Priority, WorkflowIDConflictPolicy, WorkflowIDReusePolicy

from contracts.evaluation.interventions import CycleScheduleChanged
from contracts.workflows import QUEUE, CycleScheduleStart, cycle_schedule_id
from kit import traceparent
from workflows.cycle_schedule import CycleScheduleWorkflow
from workflows.triggers.trigger import TASK_TIMEOUT, Run, Signal, Trigger, concerning


def _id(event: CycleScheduleChanged) -> str:
    return cycle_schedule_id(event.scope)


_CHANGED = Signal(CycleScheduleChanged, CycleScheduleWorkflow.run, CycleScheduleWorkflow.changed, _id)


@dataclass(frozen=True)
class ScheduleChanged:
    """Starts the schedule with the signal where cycles are to open by themselves; signals it otherwise."""

    event: type[CycleScheduleChanged] = CycleScheduleChanged
    run: Run = CycleScheduleWorkflow.run

    async def fire(self, client: Client, event: CycleScheduleChanged, event_id: UUID) -> None:
        """A schedule that has ended may start again: a policy can be changed there and back.

        So a repeat that comes after the end starts one more run, which asks evaluation what holds now, and ends.
        """
        if not event.opens_by_itself:
            await _CHANGED.fire(client, event, event_id)
            return
        with traceparent.nobodys():  # for years it opens cycles, each of which is a story of its own
            await self._start(client, event, event_id)

    @staticmethod
    async def _start(client: Client, event: CycleScheduleChanged, event_id: UUID) -> None:
        await client.start_workflow(
            CycleScheduleWorkflow.run,
            CycleScheduleStart(tenant_id=event.tenant_id, scope=event.scope),
            id=_id(event),
            task_queue=QUEUE,
            start_signal="changed",  # by name: a start takes no signal method
            start_signal_args=[concerning(event, event_id)],
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            task_timeout=TASK_TIMEOUT,
            priority=Priority(fairness_key=event.tenant_id),
        )


TRIGGERS: tuple[Trigger, ...] = (ScheduleChanged(),)
