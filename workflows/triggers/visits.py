"""What wakes the workflows of visits: a unit is to be visited, its date, the visit itself, the response of those observed."""

from contracts.evaluation.visits import (
    VisitDateSet,
    VisitHeld,
    VisitNotHeld,
    VisitResponded,
    VisitScheduled,
    VisitUnanswered,
)
from contracts.workflows import VisitStart, visit_id
from workflows.triggers.trigger import Signal, Start, Trigger
from workflows.visit import VisitWorkflow

Change = VisitDateSet | VisitHeld | VisitNotHeld | VisitResponded | VisitUnanswered


def _id(event: VisitScheduled | Change) -> str:
    return visit_id(event.visit_id)


def _start(event: VisitScheduled) -> VisitStart:
    return VisitStart(tenant_id=event.tenant_id, visit_id=event.visit_id)


_CHANGES: tuple[type[Change], ...] = (VisitDateSet, VisitHeld, VisitNotHeld, VisitResponded, VisitUnanswered)
TRIGGERS: tuple[Trigger, ...] = (
    Start(VisitScheduled, VisitWorkflow.run, _id, _start),
    *(Signal(event, VisitWorkflow.run, VisitWorkflow.changed, _id) for event in _CHANGES),
)
