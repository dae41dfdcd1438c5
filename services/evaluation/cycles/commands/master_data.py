"""What a batch of master data means for cycles: people may join, and a policy may have its cycles open by themselves."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Event
from contracts.evaluation.interventions import CycleScheduleChanged
from contracts.registry.policies import PolicyPublished
from contracts.registry.servants import ServantRecorded
from directory import take
from directory.models import PolicyCopy
from kit.outbox import emit
from services.evaluation.cycles.commands import late_joiners


async def take_master_data(session: AsyncSession, events: Sequence[Event]) -> None:
    """Take the batch into the copy; seen twice, it changes nothing."""
    await take.take_master_data(session, events)
    await late_joiners.admit_new(session, [event.servant_id for event in events if isinstance(event, ServantRecorded)])
    for event in events:
        if isinstance(event, PolicyPublished) and await _concerns_the_schedule(session, event.scope):
            changed = CycleScheduleChanged(
                tenant_id=event.tenant_id, scope=event.scope, opens_by_itself=event.policy.opens_by_itself
            )
            emit(session, changed)


async def _concerns_the_schedule(session: AsyncSession, scope: str) -> bool:
    """Whether this version or an earlier one opens its cycles by itself: only then somebody waits for them."""
    # Earlier versions count as well: where the newest leaves the opening to the office, the workflow must learn to wait.
    by_itself = col(PolicyCopy.policy)["opens_by_itself"].as_boolean()
    looking = select(col(PolicyCopy.version)).where(col(PolicyCopy.scope) == scope, by_itself).limit(1)
    return (await session.execute(looking)).first() is not None
