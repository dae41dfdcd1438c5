"""The pages on which a plan is written: one result at a time, behaviour, resources, consequences."""

from collections.abc import Mapping
from typing import Any

from fastapi import Response

from contracts.base import Relation
from services.portal.drafts.pages import continued, done
from services.portal.plan import content
from services.portal.plan.reading import Read, links, place_of, read
from services.portal.upstream.refusals import Refusal
from services.portal.web.forms import Form
from services.portal.web.numbers import figure
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_OWN = shown_to(Relation.SELF, Relation.DEBTOR, note="while it is a draft or was returned")
DRAFT = "hasil-kerja"
_ROWS = 3
"""Empty rows that a form has beside what is there."""


@router.get("/rencana/{plan_id}/hasil/{number}", **_OWN)
async def result(plan_id: str, number: str, visit: Visiting, tambah: str = "") -> Response:
    """One result with its indicators; a new one is ``baru``."""
    found = await read(visit, plan_id)
    place = None if number == content.NEW else place_of(found.plan, number)
    there = content.filled(visit.language, found.plan["results"][place]) if place is not None else _empty(visit, found)
    form = await continued(visit, DRAFT, draft_of(found.plan, place), there)
    return await _result_page(visit, found, number, form, more=bool(tambah))


@router.post("/rencana/{plan_id}/hasil/{number}", **_OWN)
async def write_result(plan_id: str, number: str, visit: Visiting, sent: Sent) -> Response:
    """Keep it, or take it out of the plan."""
    found = await read(visit, plan_id)
    place = _opened_at(found.plan, number, sent)
    number = content.NEW if place is None else str(place + 1)
    if place is None and (gone := sent.text("result")):
        await done(visit, DRAFT, f"{plan_id}.{gone}")
        sent.wrong("", visit.say("plan.result_gone"))
        return await _result_page(visit, found, number, sent, status=409)
    before = found.plan["results"][place] if place is not None else None
    whole = content.content_of(found.plan)
    written = None if sent.text("act") == "remove" else content.result_of(visit, sent, before)
    if sent.errors:
        return await _result_page(visit, found, number, sent, status=422)
    whole["results"] = content.changed(whole["results"], place, written)
    at = len(found.plan["results"]) if place is None else place
    if refused := await _put(visit, found, whole, sent, content.fields_of(sent, at)):
        return await _result_page(visit, refused, number, sent, status=422)
    await done(visit, DRAFT, draft_of(found.plan, place))
    if sent.text("act") == "more":
        return visit.go(f"/rencana/{plan_id}/hasil/{at + 1}", tambah="1")
    return visit.go(f"/rencana/{plan_id}", selesai="hasil")


def draft_of(plan: Mapping[str, Any], place: int | None) -> str:
    """What the draft of a result is about: the result itself, wherever it stands by now; all new ones have one."""
    return f"{plan['id']}.{content.NEW if place is None else plan['results'][place]['id']}"


def _opened_at(plan: Mapping[str, Any], number: str, sent: Form) -> int | None:
    """Where the result that the form was opened for stands now; None for a new one, and for one that is gone."""
    if opened := sent.text("result"):
        return next((place for place, one in enumerate(plan["results"]) if one["id"] == opened), None)
    return None if number == content.NEW else place_of(plan, number)


def _empty(visit: Visit, found: Read) -> Form:
    """What is still missing of a hundred is the weight that a new indicator begins with."""
    left = content.weight_left(found.plan)
    return Form.filled(slots="1", i0_weight=figure(visit.language, left) if left > 0 else "")


async def _result_page(
    visit: Visit, found: Read, number: str, form: Form, *, more: bool = False, status: int = 200
) -> Response:
    asked = await links(visit, found.plan["id"])
    title = visit.say("plan.new_result" if number == content.NEW else "plan.result")
    place = None if number == content.NEW else int(number) - 1
    shown = {"plan": found.plan, "links": asked, "number": number, "slots": content.slots(form) + more}
    shown |= {"etag": found.etag, "draft": draft_of(found.plan, place)}
    shown |= {"result_id": "" if place is None else found.plan["results"][place]["id"]}
    return visit.page("plan/result.html", title, status=status, section="plan", form=form, **shown)


async def _put(visit: Visit, found: Read, whole: dict[str, Any], sent: Form, fields: dict[str, str]) -> Read | None:
    """Write it; where that is refused, the form says so and the plan is returned as it is now."""
    path = f"/plans/{found.plan['id']}"
    with sent.refusals(fields):
        try:
            await visit.ask.put("plans", path, whole, etag=sent.text("etag") or found.etag, key=sent.text("form_id"))
        except Refusal as refusal:
            if refusal.status != 412:
                raise
            sent.wrong("", visit.say("plan.changed_meanwhile"))
    if sent.errors:
        return await read(visit, found.plan["id"])
    return None


@router.get("/rencana/{plan_id}/perilaku", **_OWN)
async def behaviour(plan_id: str, visit: Visiting) -> Response:
    """The seven values, each with its guides and what the leader expects beside them."""
    found = await read(visit, plan_id)
    there = Form.filled(**{one["value"]: one["expectation"] for one in found.plan["behaviours"]})
    return _part(visit, found, "behaviour", await continued(visit, "perilaku", plan_id, there))


@router.post("/rencana/{plan_id}/perilaku", **_OWN)
async def write_behaviour(plan_id: str, visit: Visiting, sent: Sent) -> Response:
    """Keep the expectations."""
    found = await read(visit, plan_id)
    values = [one["value"] for one in found.plan["behaviours"]]
    said = [{"value": value, "expectation": sent.text(value)} for value in values if sent.text(value)]
    fields = {f"expectations.{place}.expectation": one["value"] for place, one in enumerate(said)}
    whole = content.content_of(found.plan) | {"expectations": said}
    return await _keep(visit, found, whole, sent, ("behaviour", "perilaku"), fields)


@router.get("/rencana/{plan_id}/dukungan", **_OWN)
async def resources(plan_id: str, visit: Visiting) -> Response:
    """What the results need."""
    found = await read(visit, plan_id)
    rows = dict(enumerate(found.plan["resources"]))
    there = Form.filled(
        **{f"kind{place}": one["kind"] for place, one in rows.items()},
        **{f"need{place}": one["need"] for place, one in rows.items()},
    )
    return _part(visit, found, "resources", await continued(visit, "dukungan", plan_id, there))


@router.post("/rencana/{plan_id}/dukungan", **_OWN)
async def write_resources(plan_id: str, visit: Visiting, sent: Sent) -> Response:
    """Keep them; an empty row is none."""
    found = await read(visit, plan_id)
    used = [place for place in range(30) if sent.text(f"need{place}")]
    said = [{"kind": sent.text(f"kind{place}") or "PEOPLE", "need": sent.text(f"need{place}")} for place in used]
    fields = {f"resources.{number}.need": f"need{place}" for number, place in enumerate(used)}
    whole = content.content_of(found.plan) | {"resources": said}
    return await _keep(visit, found, whole, sent, ("resources", "dukungan"), fields)


@router.get("/rencana/{plan_id}/konsekuensi", **_OWN)
async def consequences(plan_id: str, visit: Visiting) -> Response:
    """What follows when the expectation is met, and when it is not."""
    found = await read(visit, plan_id)
    there = Form.filled(**{name: "\n".join(found.plan[f"{name}_consequences"]) for name in ("positive", "negative")})
    return _part(visit, found, "consequences", await continued(visit, "konsekuensi", plan_id, there))


@router.post("/rencana/{plan_id}/konsekuensi", **_OWN)
async def write_consequences(plan_id: str, visit: Visiting, sent: Sent) -> Response:
    """Keep them, one a line."""
    found = await read(visit, plan_id)
    said = {f"{name}_consequences": content.lines(sent.text(name)) for name in ("positive", "negative")}
    fields = {f"{name}_consequences.{place}": name for name in ("positive", "negative") for place in range(30)}
    return await _keep(
        visit, found, content.content_of(found.plan) | said, sent, ("consequences", "konsekuensi"), fields
    )


async def _keep(
    visit: Visit, found: Read, whole: dict[str, Any], sent: Form, part: tuple[str, str], fields: dict[str, str]
) -> Response:
    name, path = part
    if refused := await _put(visit, found, whole, sent, fields):
        return _part(visit, refused, name, sent, status=422)
    await done(visit, path, found.plan["id"])
    return visit.go(f"/rencana/{found.plan['id']}", selesai=path)


def _part(visit: Visit, found: Read, name: str, form: Form, *, status: int = 200) -> Response:
    rows = min(len(found.plan["resources"]) + _ROWS, 30)
    title = visit.say(f"plan.part_{name}")
    return visit.page(
        f"plan/{name}.html",
        title,
        status=status,
        section="plan",
        form=form,
        plan=found.plan,
        rows=range(rows),
        etag=found.etag,
    )
