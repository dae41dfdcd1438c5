"""What starts a story, what may be signalled to it, and how its id is made from the business."""

from uuid import UUID

from pydantic import AwareDatetime, Field

from contracts.base import Frozen, Phase, ScopeCode, TenantId

QUEUE = "workflows"

CITY = "KinerjaCity"
PERIOD = "KinerjaPeriod"
PHASE = "KinerjaPhase"
SEARCHED = (CITY, PERIOD, PHASE)
"""Search attributes (keywords) that the stories of cycles carry; a Temporal server must know them."""


class CycleStart(Frozen):
    """One appraisal cycle to be led from opening to closing."""

    tenant_id: TenantId
    cycle_id: UUID
    done: tuple[Phase, ...] = ()
    """Phases that an earlier run of the same story has ended."""


class CycleStanding(Frozen):
    """Where a cycle stands as its story last saw it, for those who ask."""

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


class Cleared(Frozen):
    """A service says that nobody owes it anything in a phase."""

    event_id: UUID
    phase: Phase


class Steered(Frozen):
    """Something was done to a cycle: paused, resumed, extended, cancelled, or people joined it."""

    event_id: UUID
    what: str
    """The event's CloudEvents type."""


class SeasonStart(Frozen):
    """The cycles of one policy scope, each opened when its preparation begins."""

    tenant_id: TenantId
    scope: ScopeCode


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
    """Something happened to an objection, a case of improvement or a visit."""

    event_id: UUID
    what: str
    """The event's CloudEvents type."""


class ImprovementStart(Frozen):
    """One case of improvement."""

    tenant_id: TenantId
    case_id: UUID


class VisitStart(Frozen):
    """One field visit of the independent panel."""

    tenant_id: TenantId
    visit_id: UUID


def cycle_id(cycle: UUID) -> str:
    """Workflow id of a cycle's story."""
    return f"cycle/{cycle}"


def season_id(scope: str) -> str:
    """Workflow id of a scope's season."""
    return f"season/{scope}"


def deadlines_id(tenant_id: str) -> str:
    """Workflow id of a city's deadlines."""
    return f"deadlines/{tenant_id}"


def objection_id(objection: UUID) -> str:
    """Workflow id of an objection's story."""
    return f"objection/{objection}"


def improvement_id(case: UUID) -> str:
    """Workflow id of the story of a case of improvement."""
    return f"improvement/{case}"


def visit_id(visit: UUID) -> str:
    """Workflow id of a visit's story."""
    return f"visit/{visit}"
