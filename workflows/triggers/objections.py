"""What wakes the workflows of objections: the filing, both statements, the decision or the withdrawal."""

from contracts.feedback.objections import ObjectionDecided, ObjectionFiled, ObjectionWithdrawn, StatementGiven
from contracts.workflows import ObjectionStart, objection_id
from workflows.objection import ObjectionWorkflow
from workflows.triggers.trigger import Signal, Start, Trigger


def _id(event: ObjectionFiled | StatementGiven | ObjectionDecided | ObjectionWithdrawn) -> str:
    return objection_id(event.objection_id)


def _start(event: ObjectionFiled) -> ObjectionStart:
    return ObjectionStart(tenant_id=event.tenant_id, objection_id=event.objection_id)


TRIGGERS: tuple[Trigger, ...] = (
    Start(ObjectionFiled, ObjectionWorkflow.run, _id, _start),
    Signal(StatementGiven, ObjectionWorkflow.run, ObjectionWorkflow.changed, _id),
    Signal(ObjectionDecided, ObjectionWorkflow.run, ObjectionWorkflow.changed, _id),
    Signal(ObjectionWithdrawn, ObjectionWorkflow.run, ObjectionWorkflow.changed, _id),
)
