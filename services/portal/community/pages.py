"""A file of surveys, complaints and letters is chosen, taken in, or shown with what is wrong in it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from fastapi import Response

from contracts.base import Relation
from services.portal.upstream.refusals import Refusal
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_OFFICE = shown_to(Relation.OFFICE)
_PATH = "/pengelola/tanggapan/{cycle_id}"


@router.get(_PATH, **_OFFICE)
async def choose(cycle_id: UUID, visit: Visiting) -> Response:
    """The file to be chosen, and what is there already."""
    return await _page(visit, cycle_id, Form())


@router.post(_PATH, **_OFFICE)
async def bring(cycle_id: UUID, visit: Visiting, sent: Sent) -> Response:
    """Every line is taken in, or none is; a file that came before adds nothing."""
    files = [(one.filename or "-", await one.read()) for one in sent.uploads("files")]
    if len(files) != 1:
        sent.wrong("files", visit.say("community.missing"))
        return await _page(visit, cycle_id, sent, status=422)
    path = f"/cycles/{cycle_id}/community-responses"
    try:
        done = await visit.ask.upload("plans", path, files, {}, key=sent.text("form_id"))
    except Refusal as refusal:
        if refusal.status not in (409, 413, 415, 422):
            raise
        sent.wrong("", refusal.detail or refusal.title)
        return await _page(visit, cycle_id, sent, wrong=refusal.problem.get("errors") or (), status=422)
    return await _page(visit, cycle_id, Form(), done=done)


async def _page(
    visit: Visit,
    cycle_id: UUID,
    form: Form,
    *,
    done: Mapping[str, Any] | None = None,
    wrong: Sequence[Mapping[str, Any]] = (),
    status: int = 200,
) -> Response:
    found = await visit.ask.get("plans", f"/cycles/{cycle_id}/community-responses", limit=200)
    shown = {"cycle_id": cycle_id, "done": done, "rows": found["items"]}
    shown["wrong"] = [one for one in wrong if one.get("wrong")]
    title = visit.say("community.title")
    return visit.page("community/bring.html", title, status=status, section="office", form=form, **shown)
