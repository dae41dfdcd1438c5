"""What a service that owns obligations does when the performance office pauses, resumes, extends or cancels a cycle."""

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.evaluation.interventions import CycleCancelled, CyclePaused, CycleResumed, PhaseExtended
from contracts.obligations import ObligationEvents
from kit.kafka import Listener
from obligations.closing import cancel_cycle
from obligations.holding import hold
from obligations.shifting import extensions, pauses
from obligations.weeks import WeeksOf


def install(listener: Listener, obligations: ObligationEvents, *, weeks: WeeksOf) -> None:
    """Hold, move and cancel this service's obligations as the events of evaluation say."""

    async def pause(session: AsyncSession, event: CyclePaused) -> None:
        await hold(session, event.cycle_id)

    async def resume(session: AsyncSession, event: CycleResumed) -> None:
        await pauses.resume(session, obligations, event, await weeks(session))

    async def extend(session: AsyncSession, event: PhaseExtended) -> None:
        await extensions.extend_phase(session, obligations, event, await weeks(session))

    async def cancel(session: AsyncSession, event: CycleCancelled) -> None:
        await cancel_cycle(session, obligations, event.cycle_id)

    listener.on(CyclePaused, pause)
    listener.on(CycleResumed, resume)
    listener.on(PhaseExtended, extend)
    listener.on(CycleCancelled, cancel)
