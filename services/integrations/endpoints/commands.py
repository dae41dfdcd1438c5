"""A machine names where it wants to be told, changes it, takes it back, and gets another secret."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import delete, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role, new_id
from contracts.integrations.endpoints import (
    EndpointChanged,
    EndpointDisabled,
    EndpointRegistered,
    EndpointRemoved,
    EndpointSecretRotated,
    GivenUp,
)
from contracts.public.scopes import readable
from kit import db
from kit.access import require_role
from kit.errors import Forbidden, Refused
from kit.outbox import emit
from services.integrations.deliveries.models import Attempt, Delivery
from services.integrations.endpoints.models import Endpoint
from services.integrations.endpoints.queries import count_own, end_of_feed, own_endpoint
from services.integrations.endpoints.rules.addresses import target
from services.integrations.endpoints.rules.giving_up import ROTATION, EndpointState
from services.integrations.endpoints.rules.sealing import Seal, new_secret

MOST = 20
"""Endpoints of one machine."""
_REGISTER = ("name an address for webhooks", "mendaftarkan alamat webhook")


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be another; None leaves it."""

    url: str | None = None
    description: str | None = None
    types: tuple[str, ...] | None = None
    state: EndpointState | None = None


async def register(
    session: AsyncSession, url: str, *, types: tuple[str, ...], description: str, seal: Seal, local: bool = False
) -> tuple[Endpoint, str]:
    """A new endpoint, told from now on; returns it and its secret, which is shown this once.

    Raises Forbidden for anybody but a machine, and for types that its scopes do not open; Invalid for an address that leads
    inside; Refused beyond ``MOST``.
    """
    require_role(session, Role.INTEGRATOR, what=_REGISTER)
    if await count_own(session) >= MOST:
        raise Refused(f"you have {MOST} endpoints: remove one first", f"sudah ada {MOST} endpoint: hapus satu dahulu")
    acting, secret, endpoint_id = db.actor(session), new_secret(), new_id()
    row = Endpoint(
        tenant_id=acting.tenant_id,
        id=endpoint_id,
        owner_id=acting.id,
        url=target(url, local=local).url,
        description=description,
        types=_open(session, types),
        state=EndpointState.ACTIVE,
        position=await end_of_feed(session),
        secret=seal.sealed(secret, endpoint_id),
        created_at=_now(),
    )
    session.add(row)
    emit(session, EndpointRegistered(**_about(row), host=_host(row), types=tuple(row.types)))
    return row, secret


async def change(session: AsyncSession, endpoint_id: UUID, wanted: Change, *, local: bool = False) -> Endpoint:
    """Another address, other types, or a rest; set going again, it is sent everything that came meanwhile."""
    row = await own_endpoint(session, endpoint_id, locked=True)
    if wanted.url is not None:
        row.url = target(wanted.url, local=local).url
    if wanted.types is not None:
        row.types = _open(session, wanted.types)
    if wanted.description is not None:
        row.description = wanted.description
    if wanted.state is not None:
        row.state = wanted.state
        if wanted.state is EndpointState.ACTIVE:
            row.failing_since = row.disabled_at = row.disabled_because = None
    emit(session, EndpointChanged(**_about(row), host=_host(row), types=tuple(row.types), state=row.state))
    return row


async def rotate(
    session: AsyncSession, endpoint_id: UUID, seal: Seal, *, keep: timedelta = ROTATION
) -> tuple[Endpoint, str]:
    """Another secret; the former one signs beside it for a while, so that the receiver changes when it suits it."""
    row = await own_endpoint(session, endpoint_id, locked=True)
    secret = new_secret()
    row.former_secret, row.former_until = row.secret, _now() + keep
    row.secret = seal.sealed(secret, row.id)
    emit(session, EndpointSecretRotated(**_about(row), former_until=row.former_until))
    return row, secret


async def remove(session: AsyncSession, endpoint_id: UUID) -> None:
    """Nothing is sent there any more, and what was sent is forgotten."""
    row = await own_endpoint(session, endpoint_id, locked=True)
    deliveries = select(col(Delivery.id)).where(col(Delivery.endpoint_id) == row.id)
    await session.execute(delete(Attempt).where(col(Attempt.delivery_id).in_(deliveries)))
    await session.execute(delete(Delivery).where(col(Delivery.endpoint_id) == row.id))
    emit(session, EndpointRemoved(**_about(row)))
    await session.delete(row)


async def give_up(session: AsyncSession, endpoint_id: UUID, reason: GivenUp) -> None:
    """Disable an endpoint that failed too long or wants nothing; once, however many attempts say so."""
    looking = select(Endpoint).where(col(Endpoint.id) == endpoint_id, col(Endpoint.state) == EndpointState.ACTIVE)
    row = (await session.scalars(looking.with_for_update())).first()
    if row is None:
        return
    row.state, row.disabled_at, row.disabled_because = EndpointState.DISABLED, _now(), reason.value
    emit(
        session,
        EndpointDisabled(**_about(row), host=_host(row), reason_code=reason, failing_since=row.failing_since),
    )


def _open(session: AsyncSession, types: tuple[str, ...]) -> list[str]:
    """The types asked for, or all that the token's scopes open; raises Forbidden for others."""
    may = readable(db.actor(session).scopes)
    if closed := sorted(set(types) - may):
        raise Forbidden(
            f"your scopes do not open {', '.join(closed)}; GET /v1/event-types names the scopes of each type",
            f"cakupan (scope) Anda tidak membuka {', '.join(closed)}; lihat GET /v1/event-types",
            allowed=sorted(may),
        )
    if not may:
        raise Refused(
            "your token opens no type: the issuer gives scopes, see GET /v1/event-types",
            "token Anda tidak membuka jenis apa pun: penerbit token memberi scope, lihat GET /v1/event-types",
        )
    return sorted(set(types) or may)


def _about(row: Endpoint) -> dict[str, Any]:
    return {"tenant_id": row.tenant_id, "endpoint_id": row.id, "owner_id": row.owner_id}


def _host(row: Endpoint) -> str:
    return urlsplit(row.url).hostname or ""


def _now() -> datetime:
    """The wall's time: receivers check it by their own clocks."""
    return datetime.now(UTC)
