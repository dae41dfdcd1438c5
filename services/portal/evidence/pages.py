"""Files over HTTP: parts of an upload that may be resumed, and a link to a file that is good for some minutes."""

import hmac
import time
from typing import Annotated
from uuid import UUID

from fastapi import Header, HTTPException, Request, Response
from starlette.responses import JSONResponse

from contracts.base import SERVICES, Relation
from services.portal.evidence.commands import begin, find, received
from services.portal.evidence.models import EvidenceFile
from services.portal.evidence.rules.kinds import CHUNK, Unfit
from services.portal.evidence.taking import MOST, finish, pointed
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
LINK_SECONDS = 300
_OWN = shown_to(Relation.ANYONE, note="one's own uploads; a file is shown to who may read what it proves")


@router.post("/bukti", **_OWN)
async def begin_upload(visit: Visiting, sent: Sent) -> Response:
    """Announce a file; answers where its parts go."""
    service, path, size = sent.text("service"), sent.text("path"), sent.text("size")
    if service not in SERVICES or (path and not path.startswith("/")) or not size.isdecimal():
        raise HTTPException(400)
    try:
        async with visit.copies() as session:
            file = await begin(session, service=service, path=path, name=sent.text("name"), size=int(size))
            return Response(status_code=201, headers={"Location": f"/bukti/{file.id}", "Upload-Offset": "0"})
    except Unfit as unfit:
        return _unfit(visit, unfit)


@router.head("/bukti/{file_id}", **_OWN)
async def how_far(file_id: UUID, visit: Visiting) -> Response:
    """How many bytes have arrived: from there an interrupted upload goes on."""
    async with visit.copies() as session:
        file = await find(session, file_id)
    if file.uploader_id != visit.actor.id:
        raise HTTPException(404)
    return Response(headers={"Upload-Offset": str(file.received)})


@router.patch("/bukti/{file_id}", **_OWN)
async def next_part(
    file_id: UUID, request: Request, visit: Visiting, offset: Annotated[int, Header(alias="Upload-Offset", ge=0)]
) -> Response:
    """The next part; after the last one the file is judged, and what a form points to is answered.

    A last part that comes again, since its answer was lost or the judging failed, is answered like the first.
    """
    content = await request.body()
    if len(content) > CHUNK:
        raise HTTPException(413)
    async with visit.copies() as session:
        file = await find(session, file_id)
    if file.uploader_id != visit.actor.id:
        raise HTTPException(404)
    if file.state == "STORED":
        return _pointed(visit, file)
    if file.received == file.size:
        return await _finish(visit, file_id)
    if file.received != offset:
        return Response(status_code=409, headers={"Upload-Offset": str(file.received)})
    if not content:
        raise HTTPException(400)
    return await _take(visit, file, offset, content)


async def _take(visit: Visit, file: EvidenceFile, offset: int, content: bytes) -> Response:
    # First the part, then its count: whoever is interrupted between the two sends the same part again.
    await visit.request.app.state.store.keep_part(visit.actor.tenant_id, file.id, offset, content)
    async with visit.copies() as session:
        if not await received(session, file.id, offset=offset, size=len(content)):
            return Response(status_code=409, headers={"Upload-Offset": str(offset)})
    if offset + len(content) < file.size:
        return Response(status_code=204, headers={"Upload-Offset": str(offset + len(content))})
    return await _finish(visit, file.id)


async def _finish(visit: Visit, file_id: UUID) -> Response:
    try:
        whole = await visit.request.app.state.store.together(visit.actor.tenant_id, file_id)
        return _pointed(visit, await finish(visit, file_id, whole))
    except Unfit as unfit:
        return _unfit(visit, unfit)


def _pointed(visit: Visit, file: EvidenceFile) -> Response:
    return JSONResponse(pointed(visit, file) | {"id": str(file.id)})


@router.get("/bukti/{file_id}", **_OWN)
async def show(file_id: UUID, visit: Visiting) -> Response:
    """To a link that is good for some minutes, for who may read what the file proves."""
    async with visit.copies() as session:
        file = await find(session, file_id)
    if file.state != "STORED":
        raise HTTPException(404)
    if file.uploader_id != visit.actor.id and not await _may_see(visit, file):
        raise HTTPException(404)
    until = int(time.time()) + LINK_SECONDS
    return visit.go(f"/bukti/{file_id}/isi", sampai=str(until), tanda=_sign(visit, file_id, until))


@router.get("/bukti/{file_id}/isi", **_OWN)
async def content(file_id: UUID, visit: Visiting, sampai: int, tanda: str) -> Response:
    """The file itself, as a download; a link of another session or of some minutes ago shows nothing."""
    if sampai < time.time() or not hmac.compare_digest(_sign(visit, file_id, sampai), tanda):
        raise HTTPException(404)
    async with visit.copies() as session:
        file = await find(session, file_id)
    whole = await visit.request.app.state.store.read(visit.actor.tenant_id, file_id)
    plain = "".join(one if one.isascii() and (one.isalnum() or one in "._-") else "_" for one in file.name)
    return Response(
        whole, media_type=file.media_type, headers={"Content-Disposition": f'attachment; filename="{plain}"'}
    )


async def _may_see(visit: Visit, file: EvidenceFile) -> bool:
    return bool(file.path) and await visit.ask.maybe(file.service, file.path) is not None


def _sign(visit: Visit, file_id: UUID, until: int) -> str:
    key = visit.signed.csrf.encode()
    return hmac.new(key, f"{file_id}/{visit.signed.key_hash}/{until}".encode(), "sha256").hexdigest()


def _unfit(visit: Visit, unfit: Unfit) -> Response:
    words = visit.say(f"evidence.{unfit.key}", name="", most=MOST)
    return Response(words.strip(), 422, media_type="text/plain")
