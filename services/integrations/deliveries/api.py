"""Deliveries over HTTP: the log, a ping, and once more."""

from typing import Annotated
from urllib.parse import urlsplit
from uuid import UUID

from fastapi import Query
from pydantic import AwareDatetime, BaseModel

from contracts.base import Relation
from contracts.written import Instant
from kit import web
from kit.access import permits
from kit.paging import Page, Paging, page_of
from kit.responses import FromRow
from kit.web import Session
from services.integrations.deliveries import commands, queries
from services.integrations.deliveries.rules.states import DeliveryState
from services.integrations.endpoints.models import Endpoint
from services.integrations.endpoints.rules.giving_up import EndpointState

router = web.router(tags=["deliveries"])
_OWN = permits(Relation.INTEGRATOR, note="to the machine's own endpoints")


class DeliveryResponse(FromRow):
    """One message to the endpoint."""

    id: UUID
    event_id: UUID
    """The `webhook-id`: the same however often it is sent."""
    type: str
    subject: str
    replay: int
    """0 the first time; else the number of the repetition, as `webhook-replay` says it."""
    state: DeliveryState
    attempts: int
    next_at: AwareDatetime | None
    created_at: AwareDatetime
    delivered_at: AwareDatetime | None


class StandingResponse(BaseModel):
    """How sending to one endpoint goes; of its address the host alone, which may be no secret."""

    id: UUID
    host: str
    state: EndpointState
    failing_since: AwareDatetime | None
    """Since then nothing was received."""
    disabled_because: str | None
    waiting: int
    failed: int
    """Messages whose every attempt failed; the machine's owner may have them sent again."""

    @classmethod
    def of(cls, row: tuple[Endpoint, int, int]) -> "StandingResponse":
        """From the endpoint and its counts."""
        endpoint, waiting, failed = row
        told = endpoint.model_dump(include={"id", "state", "failing_since", "disabled_because"})
        host = urlsplit(endpoint.url).hostname or ""
        return cls.model_validate(told | {"host": host, "waiting": waiting, "failed": failed})


class AttemptResponse(FromRow):
    """What was sent once, and what was answered."""

    number: int
    at: AwareDatetime
    url: str
    headers: dict[str, str]
    status: int | None
    answer: str
    """The first thousand characters."""
    error: str | None
    milliseconds: int


class DeliveryLogResponse(DeliveryResponse):
    """A message with its body and every attempt."""

    body: str
    """Byte by byte as it is signed and sent."""
    log: list[AttemptResponse]


class ReplayRequest(BaseModel):
    """The times of the events to be sent once more."""

    since: Instant
    before: Instant | None = None


class ReplayResponse(BaseModel):
    """How many are sent once more."""

    count: int


@router.post("/endpoints/{endpoint_id}/ping", status_code=202, summary="Try the endpoint out", **_OWN)
async def ping(endpoint_id: UUID, session: Session) -> DeliveryResponse:
    return DeliveryResponse.model_validate(await commands.ping(session, endpoint_id))


@router.get("/endpoints/{endpoint_id}/deliveries", summary="What was sent, newest first", **_OWN)
async def read_deliveries(
    endpoint_id: UUID,
    session: Session,
    paging: Paging,
    state: Annotated[DeliveryState | None, Query(description="Only those that came so far.")] = None,
) -> Page[DeliveryResponse]:
    found = await queries.deliveries(session, endpoint_id, state=state, window=paging)
    return page_of(found, DeliveryResponse.model_validate)


@router.get("/endpoints/{endpoint_id}/deliveries/{delivery_id}", summary="What was sent and answered", **_OWN)
async def read_delivery(endpoint_id: UUID, delivery_id: UUID, session: Session) -> DeliveryLogResponse:
    told = await queries.told(session, endpoint_id, delivery_id)
    return DeliveryLogResponse(
        **DeliveryResponse.model_validate(told.delivery).model_dump(),
        body=told.body,
        log=[AttemptResponse.model_validate(one) for one in told.attempts],
    )


@router.post(
    "/endpoints/{endpoint_id}/deliveries/{delivery_id}/redeliver",
    status_code=202,
    summary="Send a message once more: same id and body, signed anew",
    **_OWN,
)
async def redeliver(endpoint_id: UUID, delivery_id: UUID, session: Session) -> DeliveryResponse:
    return DeliveryResponse.model_validate(await commands.redeliver(session, endpoint_id, delivery_id))


@router.post(
    "/endpoints/{endpoint_id}/replay",
    status_code=202,
    summary="Send everything of some time once more: same ids and bodies, signed anew",
    **_OWN,
)
async def replay(endpoint_id: UUID, body: ReplayRequest, session: Session) -> ReplayResponse:
    count = await commands.replay(session, endpoint_id, since=body.since, before=body.before)
    return ReplayResponse(count=count)


@router.get(
    "/webhooks",
    summary="How sending to each endpoint goes, in numbers (operations)",
    **permits(Relation.OPERATIONS, note="counts alone, and the host of each endpoint"),
)
async def list_standing(session: Session, paging: Paging) -> Page[StandingResponse]:
    return page_of(await queries.standing(session, window=paging), StandingResponse.of)
