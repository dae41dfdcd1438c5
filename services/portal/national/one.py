"""One batch: its rows by state, what was held back, the way to the gateway, and answers that the office brings."""

import asyncio
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from fastapi import Response

from contracts.base import Relation
from services.portal.exports.held import file_of_held, why_held
from services.portal.names.queries import names
from services.portal.national.views import STATES, answer_of, standing_of, unsent, wrong_lines
from services.portal.office.queries import SIZE
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.tables import Kind, format_of
from services.portal.web.visit import Visit, Visiting

router = pages()
_OFFICE = shown_to(Relation.OFFICE, note="final results for the national application; the local score never leaves")
_DONE = ("buat", "kirim")


@router.get("/pengelola/paket/{batch_id}", **_OFFICE)
async def batch(batch_id: UUID, visit: Visiting, keadaan: str = "", lanjut: str = "", selesai: str = "") -> Response:
    """The manifest, what may be done with it, and its rows."""
    done = selesai if selesai in _DONE else ""
    return await _page(visit, batch_id, Form(), state=keadaan, cursor=lanjut, done=done)


@router.get("/pengelola/paket/{batch_id}/baris.{kind}", **_OFFICE)
async def rows_file(batch_id: UUID, kind: Kind, visit: Visiting) -> Response:
    """Every row in the national form, with columns for the answers: the file that is brought there and back."""
    wanted = format_of(kind).value
    return await visit.ask.file("evaluation", f"/national-batches/{batch_id}/download", format=wanted)


@router.get("/pengelola/paket/{batch_id}/tertahan", **_OFFICE)
async def held(batch_id: UUID, visit: Visiting, lanjut: str = "") -> Response:
    """Whose results the batch held back, and why."""
    found, page = await asyncio.gather(
        visit.ask.get("evaluation", f"/national-batches/{batch_id}"),
        visit.ask.get("evaluation", f"/national-batches/{batch_id}/held", limit=SIZE, cursor=lanjut or None),
    )
    async with visit.copies() as session:
        people = await names(session, [one["servant_id"] for one in page["items"]])
    return visit.page(
        "national/held.html",
        visit.say("national.held_title"),
        section="office",
        batch=found,
        rows=[one | {"why": why_held(visit, one["reason"])} for one in page["items"]],
        people=people,
        following=page["next"],
    )


@router.get("/pengelola/paket/{batch_id}/tertahan.{kind}", **_OFFICE)
async def held_file(batch_id: UUID, kind: Kind, visit: Visiting) -> Response:
    """The same as a file."""
    found = await visit.ask.every("evaluation", f"/national-batches/{batch_id}/held")
    return await file_of_held(visit, found, kind)


@router.post("/pengelola/paket/{batch_id}/kirim", **_OFFICE)
async def send(batch_id: UUID, visit: Visiting, sent: Sent) -> Response:
    """Let the rows go that have no answer; ticked, because what has gone is not called back."""
    if sent.text("sure") != "yes":
        sent.wrong("sure", visit.say("national.sure_missing"))
        return await _page(visit, batch_id, sent, status=422)
    with sent.refusals():
        await visit.ask.post("evaluation", f"/national-batches/{batch_id}/sending", key=sent.text("form_id"))
    if sent.errors:
        return await _page(visit, batch_id, sent, status=422)
    return visit.go(f"/pengelola/paket/{batch_id}", selesai="kirim")


@router.post("/pengelola/paket/{batch_id}/jawaban", **_OFFICE)
async def answer(batch_id: UUID, visit: Visiting, sent: Sent) -> Response:
    """Answers from a file: all of it or nothing, and what is wrong is shown in its place."""
    files = [(one.filename or "-", await one.read()) for one in sent.uploads("files")]
    if len(files) != 1:
        sent.wrong("files", visit.say("national.file_missing"))
        return await _page(visit, batch_id, sent, status=422)
    path = f"/national-batches/{batch_id}/answers"
    taken: Mapping[str, Any] = {}
    with sent.file_refusals("files"):
        taken = await visit.ask.upload("evaluation", path, files, {}, key=sent.text("form_id"))
    if sent.errors:
        return await _page(visit, batch_id, sent, status=422)
    return await _page(visit, batch_id, Form(), taken=taken)


async def _page(
    visit: Visit,
    batch_id: UUID,
    form: Form,
    *,
    state: str = "",
    cursor: str = "",
    done: str = "",
    taken: Mapping[str, Any] | None = None,
    status: int = 200,
) -> Response:
    chosen = state if state in STATES else ""
    path = f"/national-batches/{batch_id}"
    found, rows = await asyncio.gather(
        visit.ask.get("evaluation", path),
        visit.ask.get("evaluation", f"{path}/rows", state=chosen or None, limit=SIZE, cursor=cursor or None),
    )
    async with visit.copies() as session:
        people = await names(session, [found["made_by"]])
    return visit.page(
        "national/batch.html",
        visit.say("national.batch"),
        status=status,
        section="office",
        form=form,
        batch=found,
        standing=standing_of(found["states"]),
        unsent=unsent(found["states"]),
        states=STATES,
        chosen=chosen,
        rows=[one | {"answer": answer_of(visit, one)} for one in rows["items"]],
        following=rows["next"],
        people=people,
        done=done,
        taken=taken,
        wrong=wrong_lines(form.problem),
    )
