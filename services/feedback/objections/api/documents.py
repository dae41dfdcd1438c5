"""Routes of the document of a decided objection (form D.1.3): to read, and to print or keep."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from contracts.base import Relation
from kit import web
from kit.access import permits
from services.feedback.file.commands import note
from services.feedback.file.rules import Record
from services.feedback.objections.api.forms import ObjectionDocumentResponse, response_of
from services.feedback.objections.api.printed import printed
from services.feedback.objections.queries import documents

router = web.router(tags=["objections"])
READERS = (Relation.SELF, Relation.RATER, Relation.AUTHORITY, Relation.OFFICE, Relation.AUDITOR)


class Format(StrEnum):
    """How the file is written."""

    HTML = "html"
    """A page to print and sign."""
    JSON = "json"


@router.get(
    "/objections/{objection_id}/document",
    summary="The document of a decided objection, with both sides heard (form D.1.3)",
    **permits(*READERS, note="both sides, the authority or who decided in its place, the office and auditors"),
)
async def read(objection_id: UUID, session: web.Session) -> ObjectionDocumentResponse:
    return await _noted(session, objection_id)


@router.get(
    "/objections/{objection_id}/document/download",
    summary="The same to print, or as a file to keep",
    response_class=Response,
    responses={200: {"content": {"text/html": {}, "application/json": {}}}},
    **permits(*READERS, note="the same"),
)
async def download(
    objection_id: UUID, session: web.Session, written: Annotated[Format, Query(alias="format")] = Format.HTML
) -> Response:
    found = await _noted(session, objection_id)
    text = found.model_dump_json() if written is Format.JSON else printed(found)
    kind = "application/json" if written is Format.JSON else "text/html; charset=utf-8"
    named = {"Content-Disposition": f'attachment; filename="objection-{objection_id}.{written.value}"'}
    return Response(text, media_type=kind, headers=named)


async def _noted(session: web.Session, objection_id: UUID) -> ObjectionDocumentResponse:
    found = await documents.document(session, objection_id)
    await note(session, Record.OBJECTION, [found.case.objection.servant_id])
    return response_of(found)
