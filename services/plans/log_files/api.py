"""Routes of the daily log as a file."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from copy import deepcopy
from typing import Annotated, Any, NamedTuple
from uuid import UUID

from fastapi import Depends, Request, Response

from contracts.base import Relation
from contracts.written import Day
from kit import web
from kit.access import permits
from kit.actor import Actor
from kit.errors import Invalid
from kit.files.apart import ReadTable, read_apart
from kit.files.uploads import form_of, form_with, told_to
from kit.preparing import made, prepared
from kit.sheets.tables import SheetFormat, Table
from kit.sheets.writing import ANSWERS, MOST_LINES, Format, answer
from services.plans.daily_log.api import LoggedResponse
from services.plans.daily_log.rules import LONGEST_REASON
from services.plans.log_files import commands, queries, rules

router = web.router(tags=["activities"])


class Brought(NamedTuple):
    """A file that was read, and why its late entries are late."""

    table: ReadTable
    late_reason: str | None


@router.get(
    "/plans/{plan_id}/activities/download",
    summary="One's own log of a period in the form of the national application's daily progress",
    response_class=Response,
    responses=ANSWERS,
    **permits(Relation.SELF, assisted=True),
)
async def download(
    plan_id: UUID,
    session: web.Session,
    since: Day | None = None,
    until: Day | None = None,
    kind: Format = SheetFormat.CSV,
) -> Response:
    found = await queries.lines(session, plan_id, since=since, until=until, most=MOST_LINES + 1)
    return await answer(Table("catatan-harian", rules.HEADER, found), kind)


@asynccontextmanager
async def _reading(request: Request, actor: Actor) -> AsyncIterator[Brought]:
    """The file, read before the transaction begins."""
    async with form_of(request, files=1, parts={"late_reason"}) as (sent, form):
        if len(sent) != 1:
            raise Invalid("send one file", "kirim satu berkas", where="files")
        reason = str(form.get("late_reason") or "").strip() or None
        if reason is not None and len(reason) > LONGEST_REASON:
            raise Invalid("late_reason is too long", "alasan terlambat terlalu panjang", where="late_reason")
        with told_to(request):
            table = await read_apart(sent[0], rules.FORM, actor.tenant_id, request.app.state.places)
    yield Brought(table, reason)


@router.post(
    "/plans/{plan_id}/activities/file",
    status_code=201,
    summary="Write activities from a file (CSV or XLSX) in the form of the national application: all lines or none",
    openapi_extra=permits(Relation.SELF, assisted=True)["openapi_extra"]
    | form_with(
        "one file; columns Tanggal, Uraian Kegiatan, Durasi (menit) or Jam Mulai and Jam Selesai; others may be there",
        late_reason={"type": "string", "maxLength": LONGEST_REASON, "description": "for late lines without their own"},
    ),
)
@prepared(by=_reading)
async def bring(
    plan_id: UUID, request: Request, session: web.Session, brought: Annotated[Any, Depends(made)]
) -> LoggedResponse:
    table: ReadTable = deepcopy(brought.table)  # a transaction that collided runs again on what was read
    with told_to(request):
        done = await commands.bring(session, plan_id, table, late_reason=brought.late_reason)
    return LoggedResponse.model_validate(done)
