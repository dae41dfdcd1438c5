"""Routes of what the community answered."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from copy import deepcopy
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request
from pydantic import BaseModel

from contracts.base import Relation
from contracts.evidence import Evidence
from contracts.plans.community import CommunityTarget
from directory.offices import require_some_office
from kit import web
from kit.access import permits
from kit.actor import Actor
from kit.errors import Invalid
from kit.files.apart import ReadTable, read_apart
from kit.files.uploads import form_of, form_with, told_to
from kit.paging import Page, Paging, page_of
from kit.preparing import made, prepared
from kit.responses import FromRow
from services.plans.community import commands, queries, rules
from services.plans.community.models import CommunityResponse
from services.plans.lookups.commands import LOOKUPS
from services.plans.lookups.rules import Record

router = web.router(tags=["community responses"])


class RecordedResponse(FromRow):
    """What became of a file, in different things that it said."""

    accepted: int
    changed: int
    known: int


class CommunityCountResponse(BaseModel):
    """So many answered; ``evidence`` is as a report or an initiative may point to it."""

    id: UUID
    target: CommunityTarget
    subject_id: UUID
    servant_id: UUID | None
    evidence: Evidence
    recorded_at: datetime

    @classmethod
    def of(cls, row: CommunityResponse) -> "CommunityCountResponse":
        """From its row."""
        said = row.model_dump() | {"on": row.on_day}
        return cls.model_validate(said | {"evidence": {name: said[name] for name in Evidence.model_fields}})


@asynccontextmanager
async def _reading(request: Request, actor: Actor) -> AsyncIterator[ReadTable]:
    """The file, read before the transaction begins; for the office alone anything is read at all."""
    state = request.app.state
    async with state.database.transaction(actor.tenant_id, actor) as session:
        await require_some_office(session, what=commands.WHAT)
    async with form_of(request, files=1) as (sent, _):
        if len(sent) != 1:
            raise Invalid("send one file", "kirim satu berkas", where="files")
        with told_to(request):
            table = await read_apart(sent[0], rules.FORM, actor.tenant_id, state.places)
    yield table


@router.post(
    "/cycles/{cycle_id}/community-responses",
    status_code=201,
    summary="Take in a file of surveys, complaints and letters as evidence: all lines or none (office)",
    openapi_extra=permits(Relation.OFFICE, concerns="each person whom a line names; such a line is an error")[
        "openapi_extra"
    ]
    | form_with(
        "one CSV or XLSX file; columns Jenis, Judul, Rujukan, Jumlah, Tanggal, and Kode Unit or NIP with Indikator; "
        "any other column, as names of citizens, is passed over and not kept"
    ),
)
@prepared(by=_reading)
async def record(
    cycle_id: UUID, request: Request, session: web.Session, read: Annotated[Any, Depends(made)]
) -> RecordedResponse:
    table: ReadTable = deepcopy(read)  # a transaction that collided runs again on what was read
    with told_to(request):
        return RecordedResponse.model_validate(await commands.record(session, cycle_id, table))


@router.get(
    "/cycles/{cycle_id}/community-responses",
    summary="What the community answered: of units, of oneself and of those one leads",
    **permits(Relation.ANYONE, note="of units; of people one's own, of those one leads; all for the office"),
)
async def list_responses(
    cycle_id: UUID, session: web.Session, paging: Paging, unit_id: UUID | None = None, servant_id: UUID | None = None
) -> Page[CommunityCountResponse]:
    found = await queries.page(session, cycle_id, unit_id=unit_id, servant_id=servant_id, window=paging)
    about = [one.servant_id for one in found.items if one.servant_id is not None]
    await LOOKUPS.note(session, Record.COMMUNITY, about)
    return page_of(found, CommunityCountResponse.of)
