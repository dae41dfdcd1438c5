"""Outages over HTTP: recorded by the performance office, to be read by everybody."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints

from contracts.base import Frozen, Relation
from contracts.written import Instant
from kit import web
from kit.access import permits
from kit.paging import Page, Paging, page_of
from kit.web import Session
from services.registry.outages import queries
from services.registry.outages.commands import Span, record_outage
from services.registry.outages.models import Outage

router = web.router(tags=["calendar"])

Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=5, max_length=1000)]


class OutageRequest(Frozen):
    """When nobody could work with the system, and why."""

    began_at: Instant
    ended_at: Instant
    reason: Reason


class OutageResponse(Frozen):
    """A recorded outage."""

    id: UUID
    began_at: datetime
    ended_at: datetime
    reason: str
    recorded_at: datetime
    recorded_by: UUID

    @classmethod
    def of(cls, outage: Outage) -> "OutageResponse":
        """From its row."""
        return cls.model_validate(outage.model_dump())


@router.post(
    "/outages",
    status_code=201,
    **permits(Relation.OFFICE, note="what fell due in it is extended", alike="an outage was one for the whole city"),
)
async def record(session: Session, body: OutageRequest) -> OutageResponse:
    """Record an outage that is over: what fell due in it is extended by the working days lost."""
    span = Span(body.began_at, body.ended_at)
    return OutageResponse.of(await record_outage(session, span, reason=body.reason))


@router.get("/outages", **permits(Relation.ANYONE))
async def list_outages(session: Session, paging: Paging) -> Page[OutageResponse]:
    """List every recorded outage, newest first."""
    return page_of(await queries.page(session, window=paging), OutageResponse.of)
