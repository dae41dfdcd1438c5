"""The daily log as a file: taken along for the national application, and brought in from it without typing."""

from collections.abc import Mapping
from typing import Any

from fastapi import HTTPException, Response

from contracts.base import Relation
from services.portal.cycles.queries import OwnCycle, current
from services.portal.diary.pages import cycles_of, plans_of
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.tables import Kind, format_of
from services.portal.web.visit import Visit, Visiting

router = pages()
_OWN = shown_to(Relation.SELF, note="one's own log")
_PATH = "/catatan/berkas"


@router.get(_PATH, **_OWN)
async def choose(visit: Visiting) -> Response:
    """Download a period, or choose a file to bring."""
    return await _page(visit, Form())


@router.post(_PATH, **_OWN)
async def bring(visit: Visiting, sent: Sent) -> Response:
    """Every line becomes an entry, or none does; a file that came before adds nothing."""
    files = [(one.filename or "-", await one.read()) for one in sent.uploads("files")]
    chosen, _, plans = await _plans(visit)
    plan = plans.get(sent.text("siklus"), plans.get(chosen))
    if plan is None:
        raise HTTPException(404)
    if len(files) != 1:
        sent.wrong("files", visit.say("diary.file_missing"))
        return await _page(visit, sent, status=422)
    path, parts = f"/plans/{plan['id']}/activities/file", {"late_reason": sent.text("late_reason")}
    done: Mapping[str, Any] = {}
    with sent.file_refusals():
        done = await visit.ask.upload("plans", path, files, parts, key=sent.text("form_id"))
    if sent.errors:
        return await _page(visit, sent, status=422)
    return await _page(visit, Form.filled(siklus=sent.text("siklus")), done=done)


@router.get(f"{_PATH}/unduh.{{kind}}", **_OWN)
async def download(visit: Visiting, kind: Kind, siklus: str = "", dari: str = "", sampai: str = "") -> Response:
    """The log of a period, in the form of the national application."""
    wanted = format_of(kind)
    chosen, _, plans = await _plans(visit)
    plan = plans.get(siklus, plans.get(chosen))
    if plan is None:
        raise HTTPException(404)
    period = {"since": dari or None, "until": sampai or None}
    return await visit.ask.file("plans", f"/plans/{plan['id']}/activities/download", format=wanted.value, **period)


async def _plans(visit: Visit) -> tuple[str, list[OwnCycle], dict[str, Any]]:
    """The id of today's cycle, the cycles with a log, the newest first, and one's plan in each."""
    cycles, today = await cycles_of(visit)
    logged = [one for one in cycles if one.uses("daily_log")]
    plans = await plans_of(visit)
    found, now = [one for one in logged if str(one.id) in plans], current(logged, today)
    return "" if now is None else str(now.id), found, {str(one.id): plans[str(one.id)] for one in found}


async def _page(
    visit: Visit,
    form: Form,
    *,
    done: Mapping[str, Any] | None = None,
    status: int = 200,
) -> Response:
    chosen, cycles, _ = await _plans(visit)
    told = [one for one in form.problem.get("errors") or () if one.get("wrong")]
    shown: dict[str, Any] = {"cycles": cycles, "chosen": form.text("siklus") or chosen, "done": done, "wrong": told}
    return visit.page("diary/files.html", visit.say("diary.files"), status=status, section="diary", form=form, **shown)
