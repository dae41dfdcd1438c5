"""Routes of batches: made, read, taken along as a file, and let go to the gateway."""

from dataclasses import asdict
from uuid import UUID

from fastapi import Request, Response
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Relation, Role
from contracts.evaluation.exports import ExportState
from kit import web
from kit.access import permits, require_role
from kit.db import actor
from kit.errors import NotReady
from kit.guarded import heavy
from kit.paging import Page, Paging, page_of
from kit.sheets.tables import SheetFormat, Table
from kit.sheets.writing import ANSWERS, Format, answer
from kit.web import Session
from services.evaluation.cycles.queries.context import cycle as cycle_of
from services.evaluation.gateways import UnreadableGateways, gateways
from services.evaluation.lookups.commands import LOOKUPS
from services.evaluation.lookups.rules import Record as Read
from services.evaluation.national.api.bodies import (
    NationalBatchResponse,
    NationalHoldResponse,
    NationalPreviewResponse,
    NationalRowResponse,
)
from services.evaluation.national.commands import batches as making
from services.evaluation.national.commands import sending
from services.evaluation.national.models import NationalBatch
from services.evaluation.national.queries import batches
from services.evaluation.national.rules.manifest import COLUMNS

router = web.router(tags=["export"])
EXPORTERS = (Role.PERFORMANCE_OFFICE, Role.INTEGRATOR)
READERS = permits(Relation.OFFICE, Relation.INTEGRATOR, note="batches for the national application")
_MAKING_SECONDS = 300.0
_BODY_BYTES = 10_000


async def told(session: AsyncSession, batch: NationalBatch) -> NationalBatchResponse:
    """The manifest with its rows as they stand."""
    await session.flush()
    return NationalBatchResponse.of(batch, (await batches.standings(session, [batch.id]))[batch.id])


@router.post(
    "/cycles/{cycle_id}/national-batches",
    status_code=201,
    summary="Make a batch of the final results that are in none yet, for the national application (office)",
    **permits(Relation.OFFICE, alike="takes every final result that is in no batch, and chooses none"),
)
@heavy(largest=_BODY_BYTES, seconds=_MAKING_SECONDS)
async def make_batch(cycle_id: UUID, session: Session) -> NationalBatchResponse:
    return await told(session, await making.make(session, cycle_id))


@router.get(
    "/cycles/{cycle_id}/national-batches/preview",
    summary="What a batch would take now, without making it (office)",
    **permits(Relation.OFFICE, note="numbers alone"),
)
@heavy(largest=_BODY_BYTES, seconds=_MAKING_SECONDS)
async def preview_batch(cycle_id: UUID, session: Session) -> NationalPreviewResponse:
    return NationalPreviewResponse.model_validate(asdict(await making.rehearse(session, cycle_id)))


@router.get("/cycles/{cycle_id}/national-batches", summary="The batches of a cycle, the newest first", **READERS)
async def list_batches(cycle_id: UUID, session: Session, paging: Paging) -> Page[NationalBatchResponse]:
    require_role(session, *EXPORTERS, what=making.MAKE)
    await cycle_of(session, cycle_id)
    found = await batches.page(session, cycle_id, window=paging)
    standings = await batches.standings(session, [one.id for one in found.items])
    return page_of(found, lambda one: NationalBatchResponse.of(one, standings[one.id]))


@router.get("/national-batches/{batch_id}", summary="The manifest of a batch", **READERS)
async def read_batch(batch_id: UUID, session: Session) -> NationalBatchResponse:
    require_role(session, *EXPORTERS, what=making.MAKE)
    return await told(session, await batches.one(session, batch_id))


@router.get(
    "/national-batches/{batch_id}/rows", summary="The rows of a batch, and what was answered to each", **READERS
)
async def list_rows(
    batch_id: UUID, session: Session, paging: Paging, state: ExportState | None = None
) -> Page[NationalRowResponse]:
    batch = await _read(session, batch_id)
    found = await batches.rows(session, batch_id, state=state, window=paging)
    await _note(session, batch, [one.servant_id for one in found.items], narrowed=state is not None)
    return page_of(found, NationalRowResponse.of)


@router.get("/national-batches/{batch_id}/held", summary="What a batch held back, each with its reason", **READERS)
async def list_held(batch_id: UUID, session: Session, paging: Paging) -> Page[NationalHoldResponse]:
    batch = await _read(session, batch_id)
    found = await batches.holds(session, batch_id, window=paging)
    await _note(session, batch, [one.servant_id for one in found.items], narrowed=True)
    return page_of(found, NationalHoldResponse.model_validate)


@router.get(
    "/national-batches/{batch_id}/download",
    summary="The rows of a batch in the national form as a file: what is still open, with empty columns for the answers",
    responses=ANSWERS,
    response_class=Response,
    **READERS,
)
async def download_rows(batch_id: UUID, session: Session, form: Format = SheetFormat.XLSX) -> Response:
    batch = await _read(session, batch_id)
    rows = await batches.every_row(session, batch_id)
    await _note(session, batch, [one.servant_id for one in rows], narrowed=False)
    answered = [(one.state if one.state != ExportState.EXPORTED else "", one.reason, one.number) for one in rows]
    lines = [[*(row.record[name] for name in COLUMNS), *said] for row, said in zip(rows, answered, strict=True)]
    return await answer(Table(f"paket-{batch.id}", (*COLUMNS, "status", "alasan", "nomor"), lines), form)


@router.post(
    "/national-batches/{batch_id}/sending",
    summary="Send the rows of a batch to the national application's gateway (office)",
    **permits(Relation.OFFICE, alike="sends the whole batch, and chooses no row"),
)
async def send_batch(batch_id: UUID, request: Request, session: Session) -> NationalBatchResponse:
    return await told(session, await sending.send(session, batch_id, reachable=_reachable(request, session)))


def _reachable(request: Request, session: AsyncSession) -> bool:
    try:
        return actor(session).tenant_id in gateways(request.app.state.settings)
    except UnreadableGateways as error:
        raise NotReady(
            "the access to the national application cannot be read: ask the operators",
            "akses ke aplikasi nasional tidak dapat dibaca: hubungi pengelola sistem",
        ) from error


async def _read(session: AsyncSession, batch_id: UUID) -> NationalBatch:
    require_role(session, *EXPORTERS, what=making.MAKE)
    return await batches.one(session, batch_id)


async def _note(session: AsyncSession, batch: NationalBatch, people: list[UUID], *, narrowed: bool) -> None:
    await LOOKUPS.note_list(session, Read.EXPORT, people, all_for=EXPORTERS, cycle_id=batch.cycle_id, narrowed=narrowed)
