"""Takes files of a form, whole or in parts, and gives what a service's ``evidence`` wants of them."""

from typing import Any
from uuid import UUID

from starlette.datastructures import UploadFile

from services.portal.evidence.commands import begin, find, forget, stored
from services.portal.evidence.rules.kinds import LARGEST, Unfit, media_type
from services.portal.evidence.scanning import scan
from services.portal.web.forms import Form
from services.portal.web.visit import Visit

FIELD = "bukti"
"""Name of the file input; what a script has uploaded already comes as ``bukti_id``."""
_PHOTOS = "image/"


async def evidence_of(visit: Visit, form: Form, service: str, path: str) -> list[dict[str, Any]]:
    """Everything that the form points to, for the ``evidence`` of a request; what is unfit is an error of the form."""
    found = [await _named(visit, UUID(one)) for one in form.many(f"{FIELD}_id")]
    for file in form.uploads(FIELD):
        try:
            found.append(await _whole(visit, file, service, path))
        except Unfit as unfit:
            form.errors[FIELD] = visit.say(f"evidence.{unfit.key}", name=file.filename or "", most=LARGEST // 1_000_000)
    return found


async def finish(visit: Visit, file_id: UUID, content: bytes) -> dict[str, Any]:
    """Judge, store and tell what has arrived; raises Unfit, and then nothing of it is left."""
    state, city = visit.request.app.state, visit.actor.tenant_id
    try:
        kind = media_type(content)
        await scan(state.settings.portal_scan, content)
    except Unfit:
        await state.store.forget_parts(city, file_id)
        async with visit.copies() as session:
            await forget(session, file_id)
        raise
    await state.store.keep(city, file_id, content)
    async with visit.copies() as session:
        file = await stored(session, file_id, content, kind)
        return _pointed(visit, file.id, file.name, kind)


async def _whole(visit: Visit, file: UploadFile, service: str, path: str) -> dict[str, Any]:
    content = await file.read(LARGEST + 1)
    async with visit.copies() as session:
        begun = await begin(session, service=service, path=path, name=file.filename or "berkas", size=len(content))
    return await finish(visit, begun.id, content)


async def _named(visit: Visit, file_id: UUID) -> dict[str, Any]:
    async with visit.copies() as session:
        file = await find(session, file_id)
    return _pointed(visit, file.id, file.name, file.media_type or "")


def _pointed(visit: Visit, file_id: UUID, name: str, kind: str) -> dict[str, Any]:
    address = f"{visit.request.app.state.settings.portal_url}/bukti/{file_id}"
    return {"kind": "PHOTO" if kind.startswith(_PHOTOS) else "DOCUMENT", "title": name, "reference": address}
