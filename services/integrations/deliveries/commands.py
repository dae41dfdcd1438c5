"""Sends once more what was sent, one or a range of it, and tries an endpoint out."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import new_id
from contracts.integrations.endpoints import DeliveriesRepeated
from kit import traceparent
from kit.errors import Invalid, Refused
from kit.outbox import emit
from services.integrations.deliveries.models import Delivery
from services.integrations.deliveries.queries import own_delivery
from services.integrations.deliveries.rules.states import DeliveryState
from services.integrations.endpoints.models import Endpoint
from services.integrations.endpoints.queries import own_endpoint
from services.integrations.endpoints.rules.giving_up import EndpointState

PING = "id.kinerja.public.webhook-ping.v1"
MOST_REPLAYED = 100_000

# What has not been made into a delivery yet comes by itself; the bodies lie in the feed and are not copied. Of a subject only
# the first has a next attempt: the others' turn comes with its end (`services/integrations/statements.py`).
_REPLAY = text(
    """
    insert into webhook_deliveries (tenant_id, id, endpoint_id, event_id, position, type, subject, replay, state, attempts,
                            next_at, created_at)
    select tenant_id, gen_random_uuid(), :endpoint, event_id, position, type, subject, :replay, 'PENDING', 0,
        case when place = 1 and (
            select w.subject from webhook_deliveries w where w.tenant_id = ranged.tenant_id and w.endpoint_id = :endpoint
                and w.state = 'PENDING' and (w.subject, w.seq) > (ranged.subject, 0) order by w.subject, w.seq limit 1
            ) is distinct from ranged.subject then now() end, now()
    from (select *, row_number() over (partition by subject order by position) as place from feed
          where position <= :until and type = any(:types) and time >= :since and time < coalesce(cast(:before as timestamptz), 'infinity')
          order by position limit :most) ranged
    """
)


async def ping(session: AsyncSession, endpoint_id: UUID) -> Delivery:
    """A message without content, so that a receiver sees that it understands us; raises Refused while nothing is sent."""
    endpoint = await own_endpoint(session, endpoint_id)
    _require_active(endpoint)
    message_id, now = new_id(), datetime.now(UTC)
    body = {
        "specversion": "1.0",
        "id": str(message_id),
        "type": PING,
        "source": f"/cities/{endpoint.tenant_id}",
        "subject": str(endpoint.id),
        "time": now.isoformat(),
        "datacontenttype": "application/json",
        "data": {"endpoint_id": str(endpoint.id)},
    }
    row = _waiting(endpoint, event_id=message_id, type=PING, subject=str(message_id), body=json.dumps(body), now=now)
    row.traceparent = traceparent.current()
    session.add(row)
    await session.flush()
    return row


async def redeliver(session: AsyncSession, endpoint_id: UUID, delivery_id: UUID) -> Delivery:
    """The same message once more: id and body as they were, signed anew; one that still waits is sent now."""
    endpoint = await own_endpoint(session, endpoint_id, locked=True)
    _require_active(endpoint)
    once = await own_delivery(session, endpoint_id, delivery_id)
    emit(session, _repeated(endpoint, 1))
    if once.state == DeliveryState.PENDING:
        once.next_at = datetime.now(UTC)
        return once
    endpoint.replays += 1
    row = _waiting(
        endpoint,
        event_id=once.event_id,
        type=once.type,
        subject=once.subject,
        body=once.body,
        traceparent=once.traceparent,
        position=once.position,
        replay=endpoint.replays,
        now=datetime.now(UTC),
    )
    session.add(row)
    await session.flush()
    return row


async def replay(session: AsyncSession, endpoint_id: UUID, *, since: datetime, before: datetime | None) -> int:
    """Everything of these times once more, in its order; returns how many. Raises Invalid if the times are reversed."""
    if before is not None and before <= since:
        raise Invalid("it would end before it begins", "berakhir sebelum dimulai", where="before")
    endpoint = await own_endpoint(session, endpoint_id, locked=True)
    _require_active(endpoint)
    endpoint.replays += 1
    await session.flush()
    values: dict[str, Any] = {
        "endpoint": endpoint.id,
        "replay": endpoint.replays,
        "until": endpoint.position,
        "types": endpoint.types,
        "since": since,
        "before": before,
        "most": MOST_REPLAYED,
    }
    count = int((await session.execute(_REPLAY, values)).rowcount)  # type: ignore[attr-defined]
    emit(session, _repeated(endpoint, count))
    return count


def _waiting(endpoint: Endpoint, *, now: datetime, **more: Any) -> Delivery:
    return Delivery(
        tenant_id=endpoint.tenant_id,
        endpoint_id=endpoint.id,
        state=DeliveryState.PENDING,
        next_at=now,
        created_at=now,
        **more,
    )


def _repeated(endpoint: Endpoint, count: int) -> DeliveriesRepeated:
    return DeliveriesRepeated(
        tenant_id=endpoint.tenant_id, endpoint_id=endpoint.id, owner_id=endpoint.owner_id, count=count
    )


def _require_active(endpoint: Endpoint) -> None:
    if endpoint.state != EndpointState.ACTIVE:
        raise Refused(
            "nothing is sent to this endpoint: set its state to ACTIVE first (PATCH /v1/endpoints/{id})",
            "tidak ada yang dikirim ke endpoint ini: ubah state menjadi ACTIVE dahulu (PATCH /v1/endpoints/{id})",
            state=endpoint.state,
        )
