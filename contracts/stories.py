"""What starts a story, what may be signalled to it, and how its id is made from the business."""

from uuid import UUID

from contracts.base import Frozen, Phase, TenantId

QUEUE = "workflows"


class CycleStart(Frozen):
    """One appraisal cycle to be led from opening to closing."""

    tenant_id: TenantId
    cycle_id: UUID
    done: tuple[Phase, ...] = ()
    """Phases that an earlier run of the same story has ended."""


class Cleared(Frozen):
    """A service says that nobody owes it anything in a phase."""

    event_id: UUID
    phase: Phase


class DeadlinesStart(Frozen):
    """The ladders of one city."""

    tenant_id: TenantId


class Earlier(Frozen):
    """A service has an obligation whose ladder moves earlier than the story knows."""

    service: str


class ObjectionStart(Frozen):
    """One objection."""

    tenant_id: TenantId
    objection_id: UUID


class Heard(Frozen):
    """Something happened to an objection."""

    event_id: UUID
    what: str
    """The event's CloudEvents type."""


def cycle_id(cycle: UUID) -> str:
    """Workflow id of a cycle's story."""
    return f"cycle/{cycle}"


def deadlines_id(tenant_id: str) -> str:
    """Workflow id of a city's deadlines."""
    return f"deadlines/{tenant_id}"


def objection_id(objection: UUID) -> str:
    """Workflow id of an objection's story."""
    return f"objection/{objection}"
