"""Endpoints over HTTP: a machine's own."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from fastapi import Body, Request
from pydantic import AwareDatetime, BaseModel, Field, StringConstraints

from contracts.base import Relation
from kit import web
from kit.access import permits
from kit.paging import Page, Paging, page_of
from kit.responses import FromRow
from kit.settings import Settings
from kit.web import Session
from services.integrations.endpoints import commands, queries
from services.integrations.endpoints.commands import Change
from services.integrations.endpoints.models import Endpoint
from services.integrations.endpoints.rules.addresses import LONGEST_URL
from services.integrations.endpoints.rules.giving_up import EndpointState
from services.integrations.endpoints.rules.sealing import Seal

router = web.router(tags=["endpoints"])
_OWN = permits(Relation.INTEGRATOR, note="the machine's own endpoints; types that its scopes open")
Url = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_URL)]
Type = Annotated[str, StringConstraints(max_length=200)]
Types = Annotated[tuple[Type, ...], Field(max_length=200)]
Note = Annotated[str, StringConstraints(max_length=500)]


class EndpointRequest(BaseModel):
    """Where to be told, and of what."""

    url: Url
    types: Types = ()
    """CloudEvents types (GET /v1/event-types); none means all that the token's scopes open today."""
    description: Note = ""


class EndpointChangeRequest(BaseModel):
    """What is to be another; what is left out stays."""

    url: Url | None = None
    types: Types | None = None
    description: Note | None = None
    paused: bool | None = None
    """false also sets a disabled endpoint going again; what came meanwhile is then sent."""


class RotationRequest(BaseModel):
    """How long the former secret goes on signing."""

    hours: Annotated[int, Field(ge=0, le=168)] = 24


class EndpointResponse(FromRow):
    """An endpoint, without its secret."""

    id: UUID
    url: str
    description: str
    types: list[str]
    state: EndpointState
    position: int
    """Of the feed: so far it has been sent, or is being sent."""
    failing_since: AwareDatetime | None
    disabled_at: AwareDatetime | None
    disabled_because: str | None
    former_until: AwareDatetime | None
    """Until then the former secret signs as well."""
    created_at: AwareDatetime


class SecretResponse(EndpointResponse):
    """An endpoint and its secret, which is not shown again."""

    secret: str


@router.get("/endpoints", summary="Where this machine is told", **_OWN)
async def read_endpoints(session: Session, paging: Paging) -> Page[EndpointResponse]:
    return page_of(await queries.own(session, paging), EndpointResponse.model_validate)


@router.post("/endpoints", status_code=201, summary="Be told at an address", **_OWN)
async def register_endpoint(body: EndpointRequest, session: Session, request: Request) -> SecretResponse:
    settings: Settings = request.app.state.settings
    row, secret = await commands.register(
        session,
        body.url,
        types=body.types,
        description=body.description,
        seal=Seal.of(settings.webhook_keys),
        local=settings.webhook_local,
    )
    return _with_secret(row, secret)


@router.get("/endpoints/{endpoint_id}", summary="An endpoint", **_OWN)
async def read_endpoint(endpoint_id: UUID, session: Session) -> EndpointResponse:
    return EndpointResponse.model_validate(await queries.own_endpoint(session, endpoint_id))


@router.patch("/endpoints/{endpoint_id}", summary="Another address, other types, a rest", **_OWN)
async def change_endpoint(
    endpoint_id: UUID, body: EndpointChangeRequest, session: Session, request: Request
) -> EndpointResponse:
    settings: Settings = request.app.state.settings
    state = {None: None, True: EndpointState.PAUSED, False: EndpointState.ACTIVE}[body.paused]
    wanted = Change(body.url, body.description, body.types, state)
    row = await commands.change(session, endpoint_id, wanted, local=settings.webhook_local)
    return EndpointResponse.model_validate(row)


@router.delete("/endpoints/{endpoint_id}", status_code=204, summary="Be told no more", **_OWN)
async def remove_endpoint(endpoint_id: UUID, session: Session) -> None:
    await commands.remove(session, endpoint_id)


@router.post("/endpoints/{endpoint_id}/rotate", summary="Another secret; the former one signs for a while", **_OWN)
async def rotate_secret(
    endpoint_id: UUID, session: Session, request: Request, body: Annotated[RotationRequest | None, Body()] = None
) -> SecretResponse:
    settings: Settings = request.app.state.settings
    keep = timedelta(hours=(body or RotationRequest()).hours)
    row, secret = await commands.rotate(session, endpoint_id, Seal.of(settings.webhook_keys), keep=keep)
    return _with_secret(row, secret)


def _with_secret(row: Endpoint, secret: str) -> SecretResponse:
    return SecretResponse(**EndpointResponse.model_validate(row).model_dump(), secret=secret)
