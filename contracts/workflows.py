"""What starts a workflow, what may be signalled to it, and how its id is made from the business.

All of it is written into histories that live for a year: fields are only ever added, with a default, and ids stay.
"""

from uuid import UUID

from pydantic import AwareDatetime, Field

from contracts.base import DEPLOYED, Frozen, Phase, ScopeCode, TenantId

QUEUE = "workflows"
LISTENING = (*DEPLOYED, QUEUE)
"""Whoever has consumers on the bus: every service, and the triggers of workflows."""

CITY = "KinerjaCity"
PERIOD = "KinerjaPeriod"
PHASE = "KinerjaPhase"
SEARCH_ATTRIBUTES = (CITY, PERIOD, PHASE)
"""Keywords that the workflows of cycles carry; a Temporal server must know them before the first one starts."""


class CycleStart(Frozen):
    """One appraisal cycle to be led from opening to closing."""

    tenant_id: TenantId
    cycle_id: UUID
    done: tuple[Phase, ...] = ()
    """Phases that an earlier run of the same workflow has ended."""
    seen: tuple[UUID, ...] = ()
    """Events that were signalled to an earlier run."""


class CycleStatus(Frozen):
    """Where a cycle is as its workflow last saw it, for those who query it."""

    phase: Phase | None
    owed: int
    """In the phase; after the last one, in the whole cycle."""
    members: int
    done: tuple[Phase, ...]
    due_at: AwareDatetime | None = None
    next_phase: Phase | None = None
    next_opens_at: AwareDatetime | None = None
    """None where it follows the phase before."""
    owed_by: dict[str, int] = Field(default_factory=dict)
    """What is owed in the whole cycle, by service."""
    paused: bool = False
    cancelled: bool = False


class EventSignal(Frozen):
    """An event happened to what the workflow leads; what that means now, its service says."""

    event_id: UUID
    """The event's own, the same at every delivery, so that a repeat is recognised."""
    what: str
    """The event's CloudEvents type: for whoever reads the history."""


class PhaseClearedSignal(Frozen):
    """A service says that nobody owes it anything in a phase."""

    event_id: UUID
    phase: Phase


class EarlierDeadlineSignal(Frozen):
    """A service has an obligation whose ladder moves earlier than the workflow knows."""

    service: str
    event_id: UUID | None = None
    """Not in histories from before signals carried their event."""


class CycleScheduleStart(Frozen):
    """The cycles of one policy scope, each opened when its preparation begins."""

    tenant_id: TenantId
    scope: ScopeCode
    seen: tuple[UUID, ...] = ()
    """Events that were signalled to an earlier run."""


class DeadlinesStart(Frozen):
    """The ladders of one city."""

    tenant_id: TenantId


class ObjectionStart(Frozen):
    """One objection."""

    tenant_id: TenantId
    objection_id: UUID


class ImprovementStart(Frozen):
    """One case of improvement."""

    tenant_id: TenantId
    case_id: UUID


class VisitStart(Frozen):
    """One field visit of the independent panel."""

    tenant_id: TenantId
    visit_id: UUID


def cycle_id(cycle: UUID) -> str:
    """Workflow id of a cycle."""
    return f"cycle/{cycle}"


def cycle_schedule_id(scope: str) -> str:
    """Workflow id of a scope's cycle schedule."""
    # "season" is its first name: another id would start a second schedule beside each one that runs.
    return f"season/{scope}"


def deadlines_id(tenant_id: str) -> str:
    """Workflow id of a city's deadlines."""
    return f"deadlines/{tenant_id}"


def objection_id(objection: UUID) -> str:
    """Workflow id of an objection."""
    return f"objection/{objection}"


def improvement_id(case: UUID) -> str:
    """Workflow id of a case of improvement."""
    return f"improvement/{case}"


def visit_id(visit: UUID) -> str:
    """Workflow id of a visit."""
    return f"visit/{visit}"
