"""A cycle opened after a preview, and steered: extended, paused, resumed, cancelled."""

from typing import Any
from uuid import UUID

from fastapi import HTTPException, Response

from contracts.base import Phase, Relation
from services.portal.office.queries import SIZE
from services.portal.upstream.refusals import Refusal
from services.portal.web import names
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_OFFICE = shown_to(Relation.OFFICE)
_OUR_WORDS = (400, 404, 409, 422)
_ACTS = {"perpanjang": "extension", "jeda": "pause", "lanjut": "resume", "batal": "cancellation"}
_FIELDS = {"reason": "reason", "until": "until", "phase": "phase"}


@router.get("/pengelola/siklus/baru", **_OFFICE)
async def preview(visit: Visiting, mulai: str = "", bulan: str = "", cakupan: str = "", lanjut: str = "") -> Response:
    """Who would take part in a cycle and who would not, and why; a year from January where nothing is said."""
    months = bulan if bulan.isdecimal() else "12"
    begins = mulai or await _next_january(visit)
    form = Form.filled(scope=cakupan or str(visit.actor.tenant_id), period_start=begins, months=months)
    return await _previewed(visit, form, cursor=lanjut)


@router.post("/pengelola/siklus/baru", **_OFFICE)
async def open_cycle(visit: Visiting, sent: Sent) -> Response:
    """Open what the preview showed."""
    body = {
        "scope": sent.text("scope"),
        "period_start": sent.text("period_start"),
        "months": int(sent.text("months")) if sent.text("months").isdecimal() else 0,
        "name": sent.text("name") or None,
        "overlapping": sent.text("overlapping") == "yes",
    }
    with sent.refusals():
        made = await visit.ask.post("evaluation", "/cycles", body, key=sent.text("form_id"))
    if sent.errors:
        return await _previewed(visit, sent, status=422)
    return visit.go(f"/pengelola/siklus/{made['id']}", selesai="buka")


@router.get("/pengelola/siklus/{cycle_id}", **_OFFICE)
async def steering(cycle_id: UUID, visit: Visiting, selesai: str = "") -> Response:
    """Where a cycle stands, and what the office may do with it."""
    return await _steered(visit, cycle_id, Form(), done=selesai)


@router.post("/pengelola/siklus/{cycle_id}/{act}", **_OFFICE)
async def intervene(cycle_id: UUID, act: str, visit: Visiting, sent: Sent) -> Response:
    """Extend a phase, pause, resume or cancel, with the reason; a cancellation is ticked, because it is final."""
    if act not in _ACTS:
        raise HTTPException(404)
    sent.require("reason", visit.say("steering.reason_missing"))
    body: dict[str, Any] = {"reason": sent.text("reason")}
    if act == "perpanjang":
        body |= {"phase": sent.text("phase"), "until": sent.require("until", visit.say("steering.until_missing"))}
    if act == "batal" and sent.text("sure") != "yes":
        sent.wrong("sure", visit.say("steering.sure_missing"))
    with sent.refusals(_FIELDS):
        if not sent.errors:
            path = f"/cycles/{cycle_id}/{_ACTS[act]}"
            await visit.ask.post("evaluation", path, body, key=sent.text("form_id"))
    if sent.errors:
        return await _steered(visit, cycle_id, sent, act=act, status=422)
    return visit.go(f"/pengelola/siklus/{cycle_id}", selesai=act)


async def _steered(
    visit: Visit, cycle_id: UUID, form: Form, *, act: str = "", done: str = "", status: int = 200
) -> Response:
    """A page with a form for each act; what was wrong stands in the form of the act that was tried."""
    standing = await visit.ask.get("evaluation", f"/cycles/{cycle_id}/standing")
    open_phases = [one for one in Phase if one.value not in standing["done"]]
    known = {one: form if one == act else Form() for one in _ACTS}
    return visit.page(
        "steering/cycle.html",
        visit.say("steering.title", cycle=standing["name"]),
        status=status,
        section="office",
        form=_prefixed(form, act),
        forms=known,
        standing=standing,
        state=names.named(visit.language, "cycle", standing["state"]),
        phase=names.phase(visit.language, standing["phase"]),
        phases=[{"value": one.value, "text": names.phase(visit.language, one.value)} for one in open_phases],
        done=done if done in (*_ACTS, "buka") else "",
    )


def _prefixed(form: Form, act: str) -> Form:
    """For the summary above: its links lead to the fields of the form that was tried."""
    own = {f"{act}-{name}" if name in ("reason", "until", "sure") else name: text for name, text in form.errors.items()}
    return Form(form.values, errors=own, later=form.later)


async def _next_january(visit: Visit) -> str:
    """The year after the newest cycle that the city has; the service says what it makes of it."""
    newest = await visit.ask.get("evaluation", "/cycles", limit=200)
    ends = [str(one["period_end"]) for one in newest["items"]]
    return f"{int(max(ends)[:4]) + 1}-01-01" if ends else ""


async def _previewed(visit: Visit, form: Form, *, cursor: str = "", status: int = 200) -> Response:
    asked = {name: form.text(name) for name in ("scope", "period_start", "months")}
    seen: dict[str, Any] | None = None
    people: dict[str, Any] = {"items": [], "next": None}
    try:
        if asked["period_start"]:
            seen = await visit.ask.get("evaluation", "/cycle-preview", **asked)
            people = await visit.ask.get(
                "evaluation", "/cycle-preview/people", **asked, taking_part="false", limit=SIZE, cursor=cursor or None
            )
    except Refusal as refusal:
        if refusal.status not in _OUR_WORDS:
            raise
        form.refuse(refusal)
        status = 422
    return visit.page(
        "steering/preview.html",
        visit.say("steering.new"),
        status=status,
        section="office",
        form=form,
        seen=seen,
        missing=people["items"],
        following=people.get("next"),
        asked=asked,
    )
