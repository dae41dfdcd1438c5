"""What workflows may ask the feedback service; task queue ``feedback``."""

from uuid import UUID

from temporalio import activity

from contracts.activities import PhaseAsk, PhaseState, SweepAsk, Swept
from contracts.base import Frozen, TenantId

QUEUE = "feedback"


class ObjectionAsk(Frozen):
    """One objection."""

    tenant_id: TenantId
    objection_id: UUID


class ObjectionState(Frozen):
    """Where an objection stands."""

    state: str
    """FILED, HEARING, DECIDABLE, UPHELD, AMENDED or WITHDRAWN."""
    statements_complete: bool
    wait_seconds: float
    """Seconds on the wall until the limit that applies now (statements, then decision); 0 if it has passed."""


class ImprovementAsk(Frozen):
    """One case of improvement."""

    tenant_id: TenantId
    case_id: UUID


class ImprovementState(Frozen):
    """Where a case of improvement stands."""

    state: str
    """RUNNING, DECIDABLE, ENDED_WELL, FURTHER_MEASURES or SUPERSEDED."""
    wait_seconds: float | None
    """Seconds on the wall until a month is over; None while only a person can go on, and at the end."""


class Feedback:
    """The activities of the feedback service."""

    @activity.defn(name="feedback.open_phase")
    async def open_phase(self, ask: PhaseAsk) -> PhaseState:
        """Open the obligations of a phase, once; raises a retryable error while the members have not arrived."""
        raise NotImplementedError

    @activity.defn(name="feedback.read_phase")
    async def read_phase(self, ask: PhaseAsk) -> PhaseState:
        """How much is still owed."""
        raise NotImplementedError

    @activity.defn(name="feedback.close_phase")
    async def close_phase(self, ask: PhaseAsk) -> PhaseState:
        """End a phase: what may not outlive it lapses; what may keeps its ladder."""
        raise NotImplementedError

    @activity.defn(name="feedback.sweep_obligations")
    async def sweep_obligations(self, ask: SweepAsk) -> Swept:
        """Move every ladder of one city whose next instant has come."""
        raise NotImplementedError

    @activity.defn(name="feedback.open_hearing")
    async def open_hearing(self, ask: ObjectionAsk) -> ObjectionState:
        """Ask both the rater and the servant for an explanation (L V.B.3-4); asked twice, asks once."""
        raise NotImplementedError

    @activity.defn(name="feedback.end_hearing")
    async def end_hearing(self, ask: ObjectionAsk) -> ObjectionState:
        """Close the hearing once both statements are in or their limit has passed; the authority is to decide."""
        raise NotImplementedError

    @activity.defn(name="feedback.read_objection")
    async def read_objection(self, ask: ObjectionAsk) -> ObjectionState:
        """Where the objection stands now."""
        raise NotImplementedError

    @activity.defn(name="feedback.escalate_objection")
    async def escalate_objection(self, ask: ObjectionAsk) -> ObjectionState:
        """Notify the performance office that the decision is overdue; there is no deemed decision."""
        raise NotImplementedError

    @activity.defn(name="feedback.lead_improvement")
    async def lead_improvement(self, ask: ImprovementAsk) -> ImprovementState:
        """Open the review of the next month, or ask for the decision, if it is time; asked twice, does it once."""
        raise NotImplementedError
