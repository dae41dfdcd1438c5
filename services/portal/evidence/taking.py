"""Takes files of a form, whole or in parts, and gives what a service's ``evidence`` wants of them."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

from starlette.datastructures import UploadFile

from services.portal.evidence.commands import attach, begin, forget, own, stored
from services.portal.evidence.models import EvidenceFile
from services.portal.evidence.rules.kinds import LARGEST, Unfit, media_type
from services.portal.evidence.scanning import scan
from services.portal.web.forms import Form
from services.portal.web.visit import Visit

FIELD = "bukti"
"""Name of the file input; what a script has uploaded already comes as ``bukti_id``."""
MOST = LARGEST // 1_000_000
"""Megabytes of one file, for the words."""
_PHOTOS = "image/"


async def evidence_of(
    visit: Visit, form: Form, service: str = "", path: str = "", field: str = FIELD
) -> list[dict[str, Any]]:
    """Everything that a field of the form points to, for the ``evidence`` of a request; what is unfit is its error.

    Afterwards the form names what it brought as well: shown again, it asks for nothing a second time. Without a path
    the files are the writer's alone until :func:`proves` says what they prove.
    """
    found = {str(one.id): pointed(visit, one) for one in await _arrived(visit, form.many(f"{field}_id"))}
    for upload in form.uploads(field):
        try:
            whole = await _whole(visit, upload, service, path)
        except Unfit as unfit:
            form.wrong(field, visit.say(f"evidence.{unfit.key}", name=upload.filename or "", most=MOST))
        else:
            found[str(whole.id)] = pointed(visit, whole)
    form.lists = {**form.lists, f"{field}_id": list(found)}
    return list(found.values())


async def arrived(visit: Visit, form: Form, *fields: str) -> dict[str, list[EvidenceFile]]:
    """By field the files that the form names already, for the page that shows it: its fields, or the one."""
    return {one: await _arrived(visit, form.many(f"{one}_id")) for one in fields or (FIELD,)}


async def proves(visit: Visit, form: Form, service: str, path: str, field: str = FIELD) -> None:
    """What was brought with this form proves what is read there: who may read that may see the files from now on."""
    if not (ids := _ids(form.many(f"{field}_id"))):
        return
    async with visit.copies() as session:
        await attach(session, ids, service=service, path=path)


async def finish(visit: Visit, file_id: UUID, content: bytes) -> EvidenceFile:
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
        return await stored(session, file_id, content, kind)


async def _whole(visit: Visit, file: UploadFile, service: str, path: str) -> EvidenceFile:
    content = await file.read(LARGEST + 1)
    async with visit.copies() as session:
        begun = await begin(session, service=service, path=path, name=file.filename or "berkas", size=len(content))
    return await finish(visit, begun.id, content)


async def _arrived(visit: Visit, given: Sequence[str]) -> list[EvidenceFile]:
    """The sender's own files of these ids: whoever names another's, or none, points to nothing."""
    if not (ids := _ids(given)):
        return []
    async with visit.copies() as session:
        return await own(session, ids)


def _ids(given: Sequence[str]) -> list[UUID]:
    found = []
    for one in given:
        with suppress(ValueError):
            found.append(UUID(one))
    return found


def named(title: str, reference: str) -> list[dict[str, Any]]:
    """What is pointed to by its address or number, for the ``evidence`` of a request; nothing without one."""
    kind = "LINK" if "://" in reference else "DOCUMENT"
    return [{"kind": kind, "title": title or reference[:200], "reference": reference}] if reference else []


def pointed(visit: Visit, file: EvidenceFile) -> dict[str, Any]:
    """A file as the ``evidence`` of a request."""
    kind = "PHOTO" if (file.media_type or "").startswith(_PHOTOS) else "DOCUMENT"
    address = f"{visit.request.app.state.settings.portal_url}/bukti/{file.id}"
    return {"kind": kind, "title": file.name, "reference": address}
