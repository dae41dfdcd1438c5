"""Requests as the events that tell of them."""

from datetime import date
from typing import Any
from uuid import UUID

from contracts.registry.requests import RequestDecided, RequestKind, RequestMade, RequestState, RequestWithdrawn
from services.registry.requests.models import Request


def made(row: Request, *, officer_id: UUID | None) -> RequestMade:
    """It waits for the office."""
    return RequestMade(**_about(row), officer_id=officer_id, reason=row.reason)


def decided(row: Request, *, by: UUID, person_id: UUID | None, since: date | None) -> RequestDecided:
    """Granted or refused."""
    return RequestDecided(
        **_about(row),
        state=RequestState(row.state),
        reason=row.decision_reason or "",
        decided_by=by,
        change_id=row.change_id,
        person_id=person_id,
        since=since,
    )


def withdrawn(row: Request) -> RequestWithdrawn:
    """Taken back by whoever asked."""
    return RequestWithdrawn(**_about(row))


def _about(row: Request) -> dict[str, Any]:
    return {
        "tenant_id": row.tenant_id,
        "request_id": row.id,
        "kind": RequestKind(row.kind),
        "asked_by": row.asked_by,
        "servant_id": row.servant_id,
        "unit_id": row.unit_id,
    }
