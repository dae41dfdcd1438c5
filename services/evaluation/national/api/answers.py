"""The route by which an office brings the answers of the national application as a file."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import PurePath
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from contracts.base import Relation
from kit import web
from kit.access import permits
from kit.actor import Actor
from kit.aside.process import Part
from kit.errors import Invalid
from kit.guarded import heavy
from kit.preparing import made, prepared
from kit.unknown import require_named
from kit.web import Session
from services.evaluation.national.api.batches import told
from services.evaluation.national.api.bodies import AnswersTakenResponse
from services.evaluation.national.commands import answers
from services.evaluation.national.commands.answers import MOST_BYTES, Answers

router = web.router(tags=["export"])
_PARTS = frozenset({"files"})
_FORM_BYTES = 1_000_000
_FORM = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["files"],
                "properties": {
                    "files": {
                        "type": "string",
                        "contentMediaType": "application/octet-stream",
                        "description": "The batch's table as .csv or .xlsx with `status` (DITERIMA, DITOLAK, or empty), "
                        "`alasan` of each that was rejected, and `nomor` if there is one",
                    }
                },
            }
        }
    },
}
"""Declared and not taken by FastAPI: it would read the file once more, inside the transaction."""


@asynccontextmanager
async def _reading(request: Request, actor: Actor) -> AsyncIterator[Answers]:
    """The file, read before the transaction begins."""
    try:
        form = await request.form(max_files=2, max_fields=2)
    except HTTPException as error:
        raise Invalid(
            f"this is no form with a file: {error.detail}", "isian ini bukan formulir berisi berkas"
        ) from error
    try:
        require_named(("body",), form.keys(), _PARTS)
        files = form.getlist("files")
        if len(files) != 1 or not isinstance(file := files[0], UploadFile):
            raise Invalid("send one file as `files`", "kirim satu berkas sebagai `files`", where="files")
        part = Part(file.size or 0, file.read)
        async with answers.read(request.app.state.database, actor, PurePath(file.filename or "-").name, part) as found:
            yield found
    finally:
        await form.close()


@router.post(
    "/national-batches/{batch_id}/answers",
    summary="Enter the answers of the national application to a batch, from a file (office)",
    responses={422: {"description": "The first hundred errors in the file, with their places."}},
    openapi_extra=permits(Relation.OFFICE, alike="what the national application answered, whoever it is about")[
        "openapi_extra"
    ]
    | {"requestBody": _FORM},
)
@heavy(largest=MOST_BYTES + _FORM_BYTES, seconds=300)
@prepared(by=_reading)
async def enter_answers(batch_id: UUID, session: Session, found: Annotated[Any, Depends(made)]) -> AnswersTakenResponse:
    """All of the file or nothing; the same file again changes nothing."""
    taken = await answers.take(session, batch_id, found)
    batch = await told(session, taken.batch)
    return AnswersTakenResponse(confirmed=taken.confirmed, rejected=taken.rejected, known=taken.known, batch=batch)
