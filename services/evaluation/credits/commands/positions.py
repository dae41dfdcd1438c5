"""Takes over which positions people held, as the registry tells it: the whole of a person at once."""

from sqlalchemy import delete, insert, text
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.registry.positions import PositionsRecorded
from services.evaluation.credits.models import KnownPosition

_NEWER = text(
    "select 1 from known_positions where tenant_id = :tenant and servant_id = :servant and revision > :revision limit 1"
)


async def take(session: AsyncSession, event: PositionsRecorded) -> None:
    """What is older than what is known changes nothing."""
    asked = {"tenant": event.tenant_id, "servant": event.servant_id, "revision": event.revision}
    if (await session.execute(_NEWER, asked)).first() is not None:
        return
    await session.execute(delete(KnownPosition).where(col(KnownPosition.servant_id) == event.servant_id))
    rows = [
        {
            "tenant_id": event.tenant_id,
            "servant_id": event.servant_id,
            "number": number,
            "revision": event.revision,
            "since": one.since,
            "employment_type": one.employment_type,
            "position_kind": one.position_kind,
            "status": one.status.value,
        }
        for number, one in enumerate(event.positions)
    ]
    if rows:
        await session.execute(insert(KnownPosition).execution_options(render_nulls=True), rows)
