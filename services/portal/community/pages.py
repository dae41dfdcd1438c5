"""A file of surveys, complaints and letters is chosen, taken in, or shown with what is wrong in it."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import HTTPException, Response

from contracts.base import Relation
from services.portal.cycles.queries import chosen
from services.portal.office.queries import KnownCycle, cycles
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_OFFICE = shown_to(Relation.OFFICE)
_PATH = "/pengelola/tanggapan"


@router.get(_PATH, **_OFFICE)
async def choose(visit: Visiting, siklus: str = "") -> Response:
    """The file to be chosen, and what is there already, of the cycle that is named or of the newest that is open."""
    return await _page(visit, await _cycle(visit, siklus), Form())


@router.post(_PATH, **_OFFICE)
async def bring(visit: Visiting, sent: Sent) -> Response:
    """Every line is taken in, or none is; a file that came before adds nothing."""
    cycle = await _cycle(visit, sent.text("siklus"))
    if cycle is None or str(cycle.id) != sent.text("siklus"):  # a file never goes to another cycle than was seen
        raise HTTPException(404)
    files = [(one.filename or "-", await one.read()) for one in sent.uploads("files")]
    if len(files) != 1:
        sent.wrong("files", visit.say("community.missing"))
        return await _page(visit, cycle, sent, status=422)
    path = f"/cycles/{cycle.id}/community-responses"
    done: Mapping[str, Any] = {}
    with sent.file_refusals():
        done = await visit.ask.upload("plans", path, files, {}, key=sent.text("form_id"))
    if sent.errors:
        return await _page(visit, cycle, sent, status=422)
    return await _page(visit, cycle, Form(), done=done)


async def _cycle(visit: Visit, named: str) -> KnownCycle | None:
    async with visit.copies() as session:
        return chosen(await cycles(session), named)


async def _page(
    visit: Visit,
    cycle: KnownCycle | None,
    form: Form,
    *,
    done: Mapping[str, Any] | None = None,
    status: int = 200,
) -> Response:
    rows: Sequence[Any] = ()
    if cycle is not None:
        rows = (await visit.ask.get("plans", f"/cycles/{cycle.id}/community-responses", limit=200))["items"]
    told = [one for one in form.problem.get("errors") or () if one.get("wrong")]
    shown: dict[str, Any] = {"cycle": cycle, "done": done, "rows": rows, "wrong": told}
    title = visit.say("community.title")
    return visit.page("community/bring.html", title, status=status, section="office", form=form, **shown)
