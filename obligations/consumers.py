"""What a service that owns obligations does when the performance office pauses, resumes, extends or cancels a cycle."""

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.evaluation.steering import CycleCancelled, CyclePaused, CycleResumed, PhaseExtended
from contracts.obligations import ObligationEvents
from kit.kafka import Listener
from obligations import delaying, postponing


def follow_the_office(listener: Listener, obligations: ObligationEvents) -> None:
    """Hold, move and cancel this service's obligations as the events of evaluation say."""

    async def pause(session: AsyncSession, event: CyclePaused) -> None:
        await postponing.hold(session, event.cycle_id)

    async def resume(session: AsyncSession, event: CycleResumed) -> None:
        await delaying.resume(session, obligations, event)

    async def extend(session: AsyncSession, event: PhaseExtended) -> None:
        await delaying.extend(session, obligations, event)

    async def cancel(session: AsyncSession, event: CycleCancelled) -> None:
        await postponing.cancel(session, obligations, event.cycle_id)

    listener.on(CyclePaused, pause)
    listener.on(CycleResumed, resume)
    listener.on(PhaseExtended, extend)
    listener.on(CycleCancelled, cancel)
