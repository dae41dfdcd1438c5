"""Endpoints of whoever asks; nobody else's exist."""

from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from kit import db
from kit.access import require_role
from kit.errors import NotFound
from kit.keyset import Found, Window, read
from services.integrations.endpoints.models import Endpoint
from services.integrations.feed.models import ChainHead

_READ = ("read one's endpoints", "membaca endpoint sendiri")


async def own(session: AsyncSession, window: Window) -> Found[Endpoint]:
    """A page of the endpoints of the machine that asks; raises Forbidden for anybody who is none."""
    require_role(session, Role.INTEGRATOR, what=_READ)
    mine = select(Endpoint).where(col(Endpoint.owner_id) == db.actor(session).id)
    return await read(session, mine, col(Endpoint.id), window=window)


async def own_endpoint(session: AsyncSession, endpoint_id: UUID, *, locked: bool = False) -> Endpoint:
    """One of them; raises Forbidden, or NotFound for an endpoint of another machine."""
    require_role(session, Role.INTEGRATOR, what=_READ)
    mine = select(Endpoint).where(col(Endpoint.id) == endpoint_id, col(Endpoint.owner_id) == db.actor(session).id)
    found = (await session.scalars(mine.with_for_update() if locked else mine)).first()
    if found is None:
        raise NotFound(f"no endpoint {endpoint_id} of yours", f"endpoint {endpoint_id} tidak ada pada klien ini")
    return found


async def count_own(session: AsyncSession) -> int:
    """How many the machine that asks has."""
    counting = select(func.count()).where(col(Endpoint.owner_id) == db.actor(session).id)
    return int((await session.execute(counting)).scalar_one())


async def end_of_feed(session: AsyncSession) -> int:
    """The last position of the city's feed."""
    return int((await session.scalars(select(col(ChainHead.position)))).first() or 0)
