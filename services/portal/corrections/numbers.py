"""A wrong NIP is corrected from the person's page; the numbers that the person had stand beside."""

from uuid import UUID

from fastapi import Response

from contracts.base import Relation
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_OFFICE = shown_to(Relation.OFFICE)
_NEEDED = {
    "nip": "corrections.nip_missing",
    "document": "corrections.document_missing",
    "reason": "corrections.why",
}
"""What is said where a field is empty."""


@router.get("/pengelola/orang/{person_id}/nomor", **_OFFICE)
async def form_of(person_id: UUID, visit: Visiting) -> Response:
    """The form, and the numbers of before."""
    return await _page(visit, person_id, Form())


@router.post("/pengelola/orang/{person_id}/nomor", **_OFFICE)
async def correct(person_id: UUID, visit: Visiting, sent: Sent) -> Response:
    """The right number from now on; everything about the person stays."""
    body = {name: sent.require(name, visit.say(missing)) for name, missing in _NEEDED.items()}
    with sent.refusals():
        if not sent.errors:
            await visit.ask.post("registry", f"/servants/{person_id}/nip-corrections", body, key=sent.text("form_id"))
    if sent.errors:
        return await _page(visit, person_id, sent, status=422)
    return visit.go(f"/pengelola/orang/{person_id}", selesai="ya")


async def _page(visit: Visit, person_id: UUID, form: Form, *, status: int = 200) -> Response:
    about = await visit.ask.get("registry", f"/servants/{person_id}")
    former = await visit.ask.every("registry", f"/servants/{person_id}/former-numbers")
    title = visit.say("corrections.act_nomor", name=about["name"])
    shown = {"about": about, "former": former}
    return visit.page("corrections/number.html", title, status=status, section="office", form=form, **shown)
