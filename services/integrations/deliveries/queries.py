"""What was sent to an endpoint, and what it answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ScalarSelect, func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from kit.access import require_role
from kit.errors import NotFound
from kit.keyset import Found, Window, read, read_rows
from services.integrations.deliveries.models import Attempt, Delivery
from services.integrations.deliveries.rules.states import DeliveryState
from services.integrations.endpoints.models import Endpoint
from services.integrations.endpoints.queries import own_endpoint
from services.integrations.feed.models import FeedEvent

_STANDING = ("read which endpoints fail", "membaca endpoint yang gagal")


@dataclass(frozen=True, slots=True)
class Told:
    """A delivery with its body and every attempt, in their order."""

    delivery: Delivery
    body: str
    attempts: Sequence[Attempt]


async def deliveries(
    session: AsyncSession, endpoint_id: UUID, *, state: DeliveryState | None, window: Window
) -> Found[Delivery]:
    """A page of an endpoint's deliveries, newest first; raises NotFound for an endpoint of somebody else."""
    await own_endpoint(session, endpoint_id)
    looking = select(Delivery).where(col(Delivery.endpoint_id) == endpoint_id)
    if state is not None:
        looking = looking.where(col(Delivery.state) == state)
    return await read(session, looking, col(Delivery.seq), window=window, descending=True)


async def standing(session: AsyncSession, *, window: Window) -> Found[tuple[Endpoint, int, int]]:
    """Every endpoint of the city, how much waits and how much failed for good; raises Forbidden for all but operations."""
    require_role(session, Role.OPERATIONS, what=_STANDING)
    looking = select(Endpoint, _number(DeliveryState.PENDING), _number(DeliveryState.FAILED))
    return await read_rows(session, looking, col(Endpoint.id), window=window)


def _number(state: DeliveryState) -> ScalarSelect[int]:
    counting = select(func.count(col(Delivery.id)))
    return counting.where(col(Delivery.endpoint_id) == col(Endpoint.id), col(Delivery.state) == state).scalar_subquery()


async def own_delivery(session: AsyncSession, endpoint_id: UUID, delivery_id: UUID) -> Delivery:
    """One of them; raises NotFound."""
    await own_endpoint(session, endpoint_id)
    looking = select(Delivery).where(col(Delivery.endpoint_id) == endpoint_id, col(Delivery.id) == delivery_id)
    if (found := (await session.scalars(looking)).first()) is None:
        raise NotFound(f"no delivery {delivery_id} to this endpoint", f"pengiriman {delivery_id} tidak ada")
    return found


async def told(session: AsyncSession, endpoint_id: UUID, delivery_id: UUID) -> Told:
    """One of them with all that was sent and answered."""
    found = await own_delivery(session, endpoint_id, delivery_id)
    body = found.body
    if body is None:
        body = (
            await session.scalars(select(col(FeedEvent.body)).where(col(FeedEvent.position) == found.position))
        ).one()
    attempts = select(Attempt).where(col(Attempt.delivery_id) == delivery_id).order_by(col(Attempt.number))
    return Told(found, body, (await session.scalars(attempts)).all())
