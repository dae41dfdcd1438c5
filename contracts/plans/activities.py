"""What workflows may ask the plans service; task queue ``plans``."""

from temporalio import activity

from contracts.activities import PhaseAsk, PhaseState, SweepAsk, Swept

QUEUE = "plans"


class Plans:
    """The activities of the plans service."""

    @activity.defn(name="plans.open_phase")
    async def open_phase(self, ask: PhaseAsk) -> PhaseState:
        """Open the obligations of a phase, once; raises a retryable error while the members have not arrived."""
        raise NotImplementedError

    @activity.defn(name="plans.read_phase")
    async def read_phase(self, ask: PhaseAsk) -> PhaseState:
        """How much is still owed."""
        raise NotImplementedError

    @activity.defn(name="plans.close_phase")
    async def close_phase(self, ask: PhaseAsk) -> PhaseState:
        """End a phase: what may not outlive it lapses; what may keeps its ladder."""
        raise NotImplementedError

    @activity.defn(name="plans.sweep_obligations")
    async def sweep_obligations(self, ask: SweepAsk) -> Swept:
        """Move every ladder of one city whose next instant has come."""
        raise NotImplementedError
