"""What wakes the workflows of improvement: the beginning of its months, a decision, the end of what it came from."""

from contracts.feedback.improvement import ImprovementDecided, ImprovementStarted, ImprovementSuperseded
from contracts.workflows import ImprovementStart, improvement_id
from workflows.improvement import ImprovementWorkflow
from workflows.triggers.trigger import Signal, Start, Trigger


def _id(event: ImprovementStarted | ImprovementDecided | ImprovementSuperseded) -> str:
    return improvement_id(event.case_id)


def _start(event: ImprovementStarted) -> ImprovementStart:
    return ImprovementStart(tenant_id=event.tenant_id, case_id=event.case_id)


TRIGGERS: tuple[Trigger, ...] = (
    Start(ImprovementStarted, ImprovementWorkflow.run, _id, _start),
    Signal(ImprovementDecided, ImprovementWorkflow.run, ImprovementWorkflow.changed, _id),
    Signal(ImprovementSuperseded, ImprovementWorkflow.run, ImprovementWorkflow.changed, _id),
)
