"""What workflows may ask the evaluation service; task queue ``evaluation``."""

from uuid import UUID

from pydantic import AwareDatetime
from temporalio import activity

from contracts.activities import PhaseAsk, PhaseState, SweepAsk, Swept
from contracts.base import Frozen, Phase, ScopeCode, TenantId

QUEUE = "evaluation"


class CycleAsk(Frozen):
    """One cycle."""

    tenant_id: TenantId
    cycle_id: UUID


class CycleScheduleAsk(Frozen):
    """The cycles of one policy scope."""

    tenant_id: TenantId
    scope: ScopeCode


class CycleScheduleState(Frozen):
    """When the next cycle of a scope opens by itself."""

    wait_seconds: float | None
    """Seconds on the wall from now; None where the policy leaves the opening to the performance office."""


class VisitAsk(Frozen):
    """One field visit."""

    tenant_id: TenantId
    visit_id: UUID


class VisitState(Frozen):
    """How far a field visit has come."""

    state: str
    """SCHEDULED or HELD while it goes on; ANSWERED, SILENT, NOT_HELD or CALLED_OFF at the end."""
    wait_seconds: float | None
    """Seconds on the wall until it is to be looked at again; None while only a person can go on, and at the end."""


class Enrolment(Frozen):
    """Who takes part, and through which phases."""

    members: int
    phases: tuple[Phase, ...]


class PhaseWindow(Frozen):
    """When a phase opens and is due, as seconds on the wall from now."""

    opened: bool
    opens_in: float
    due_in: float
    due_at: AwareDatetime | None
    """Frozen once the phase has opened."""
    ends_early: bool
    opens_at: AwareDatetime | None = None
    """When it opens, if it has not and a date is known."""
    paused: bool = False
    """Nothing begins or ends until the cycle is resumed."""
    cancelled: bool = False
    """Nothing begins or ends any more."""
    members: int = 0
    """How many take part now: more than before where people came late."""


class Evaluation:
    """The activities of the evaluation service."""

    @activity.defn(name="evaluation.open_phase")
    async def open_phase(self, ask: PhaseAsk) -> PhaseState:
        """Open the obligations of a phase, once; raises a retryable error while the members have not arrived."""
        raise NotImplementedError

    @activity.defn(name="evaluation.read_phase")
    async def read_phase(self, ask: PhaseAsk) -> PhaseState:
        """How much is still owed."""
        raise NotImplementedError

    @activity.defn(name="evaluation.close_phase")
    async def close_phase(self, ask: PhaseAsk) -> PhaseState:
        """End a phase: what may not outlive it lapses; what may keeps its ladder."""
        raise NotImplementedError

    @activity.defn(name="evaluation.sweep_obligations")
    async def sweep_obligations(self, ask: SweepAsk) -> Swept:
        """Move every ladder of one city whose next instant has come."""
        raise NotImplementedError

    @activity.defn(name="evaluation.enrol_members")
    async def enrol_members(self, ask: CycleAsk) -> Enrolment:
        """Make one appraisal for each person whose unit the cycle covers, in one statement; asked twice, enrols once."""
        raise NotImplementedError

    @activity.defn(name="evaluation.begin_phase")
    async def begin_phase(self, ask: PhaseAsk) -> PhaseWindow:
        """Open a phase if its time has come and freeze its due date; else say how long to wait."""
        raise NotImplementedError

    @activity.defn(name="evaluation.end_phase")
    async def end_phase(self, ask: PhaseAsk) -> PhaseState:
        """Record that a phase is over in all services."""
        raise NotImplementedError

    @activity.defn(name="evaluation.close_cycle")
    async def close_cycle(self, ask: CycleAsk) -> PhaseState:
        """Close the cycle after its last phase; ``owed`` counts what is still open, which keeps it from closing."""
        raise NotImplementedError

    @activity.defn(name="evaluation.lead_visit")
    async def lead_visit(self, ask: VisitAsk) -> VisitState:
        """Announce the date of a visit, or record that it was missed, if it is time; asked twice, does it once."""
        raise NotImplementedError

    @activity.defn(name="evaluation.open_due_cycles")
    async def open_due_cycles(self, ask: CycleScheduleAsk) -> CycleScheduleState:
        """Open every cycle of a scope whose preparation has come, once; say when the next one does."""
        raise NotImplementedError
