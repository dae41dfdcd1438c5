"""The office's page of what there is to read before a cycle: what the policy brings, and what the office adds."""

from typing import Any
from uuid import UUID

from fastapi import Response

from contracts.base import Relation
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_OFFICE = shown_to(Relation.OFFICE)
_FIELDS = {"title.id": "title_id", "title.en": "title_en", "text.id": "text_id", "text.en": "text_en", "link": "link"}


@router.get("/pengelola/bahan/{cycle_id}", **_OFFICE)
async def materials(cycle_id: UUID, visit: Visiting, selesai: str = "") -> Response:
    """All of the cycle but those that were taken away."""
    return await _page(visit, cycle_id, Form(), done=selesai == "ya")


@router.post("/pengelola/bahan/{cycle_id}", **_OFFICE)
async def keep(cycle_id: UUID, visit: Visiting, sent: Sent) -> Response:
    """One more, in both languages."""
    title = {one: sent.require(f"title_{one}", visit.say("training.title_missing")) for one in ("id", "en")}
    text = {one: sent.text(f"text_{one}") for one in ("id", "en")}
    body: dict[str, Any] = {"title": title, "link": sent.text("link") or None}
    if any(text.values()):
        body["text"] = text
    return await _do(visit, cycle_id, sent, f"/cycles/{cycle_id}/materials", body)


@router.post("/pengelola/bahan/{cycle_id}/{material_id}/tarik", **_OFFICE)
async def retire(cycle_id: UUID, material_id: UUID, visit: Visiting, sent: Sent) -> Response:
    """It is no longer shown."""
    return await _do(visit, cycle_id, sent, f"/materials/{material_id}/retirement", None)


async def _do(visit: Visit, cycle_id: UUID, sent: Form, path: str, body: dict[str, Any] | None) -> Response:
    with sent.refusals(_FIELDS):
        if not sent.errors:
            await visit.ask.post("feedback", path, body, key=sent.text("form_id"))
    if sent.errors:
        return await _page(visit, cycle_id, sent, status=422)
    return visit.go(f"/pengelola/bahan/{cycle_id}", selesai="ya")


async def _page(visit: Visit, cycle_id: UUID, form: Form, *, done: bool = False, status: int = 200) -> Response:
    found = await visit.ask.every("feedback", f"/cycles/{cycle_id}/materials")
    return visit.page(
        "training/materials.html",
        visit.say("training.materials"),
        status=status,
        section="office",
        form=form,
        cycle_id=cycle_id,
        found=sorted(found, key=lambda one: int(one["number"])),
        done=done,
    )
