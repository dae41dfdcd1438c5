"""Outages over HTTP: recorded by the performance office, to be read by everybody."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, StringConstraints

from contracts.base import Frozen
from kit.web import Session, router
from services.registry.outages import queries
from services.registry.outages.commands import Span, record_outage

routes = router(tags=["calendar"])

Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=5, max_length=1000)]


class NewOutage(Frozen):
    """When nobody could work with the system, and why."""

    began_at: AwareDatetime
    ended_at: AwareDatetime
    reason: Reason


class OutageView(Frozen):
    """A recorded outage."""

    id: UUID
    began_at: datetime
    ended_at: datetime
    reason: str
    recorded_at: datetime
    recorded_by: UUID


class OutageList(Frozen):
    """Newest first."""

    items: list[OutageView]
    next: None = None


@routes.post("/outages", status_code=201)
async def record(session: Session, body: NewOutage) -> OutageView:
    """Record an outage that is over: what fell due in it is extended by the working days lost."""
    found = await record_outage(session, Span(body.began_at, body.ended_at), reason=body.reason)
    return OutageView.model_validate(found.model_dump())


@routes.get("/outages")
async def list_outages(session: Session) -> OutageList:
    """List every recorded outage, newest first."""
    return OutageList(items=[OutageView.model_validate(row.model_dump()) for row in await queries.outages(session)])
