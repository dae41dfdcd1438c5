"""What wakes the workflows of cycles: their opening, phases in which nobody owes anything, what the office does."""

from uuid import UUID

from temporalio.common import SearchAttributeKey, SearchAttributePair, TypedSearchAttributes

from contracts.evaluation.cycles import CycleOpened
from contracts.evaluation.interventions import STEERING_EVENTS, SteeringEvent
from contracts.evaluation.obligations import OBLIGATIONS as EVALUATION
from contracts.feedback.obligations import OBLIGATIONS as FEEDBACK
from contracts.obligations import PhaseCleared
from contracts.plans.obligations import OBLIGATIONS as PLANS
from contracts.workflows import CITY, PERIOD, CycleStart, PhaseClearedSignal, cycle_id
from workflows.cycle import CycleWorkflow
from workflows.triggers.trigger import Signal, Start, Trigger


def _id(event: CycleOpened | PhaseCleared | SteeringEvent) -> str:
    return cycle_id(event.cycle_id)


def _start(event: CycleOpened) -> CycleStart:
    return CycleStart(tenant_id=event.tenant_id, cycle_id=event.cycle_id)


def _search_attributes(event: CycleOpened) -> TypedSearchAttributes:
    """City and period; the phase is the workflow's to show."""
    period = f"{event.period_start:%Y-%m}/{event.period_end:%Y-%m}"
    return TypedSearchAttributes(
        [
            SearchAttributePair(SearchAttributeKey.for_keyword(CITY), event.tenant_id),
            SearchAttributePair(SearchAttributeKey.for_keyword(PERIOD), period),
        ]
    )


def _cleared(event: PhaseCleared, event_id: UUID) -> PhaseClearedSignal:
    return PhaseClearedSignal(event_id=event_id, phase=event.phase)


OPENED = Start(CycleOpened, CycleWorkflow.run, _id, _start, _search_attributes)
TRIGGERS: tuple[Trigger, ...] = (
    OPENED,
    *(
        Signal(service.cleared, CycleWorkflow.run, CycleWorkflow.cleared, _id, _cleared)
        for service in (PLANS, EVALUATION, FEEDBACK)
    ),
    *(Signal(event, CycleWorkflow.run, CycleWorkflow.steered, _id) for event in STEERING_EVENTS),
)
