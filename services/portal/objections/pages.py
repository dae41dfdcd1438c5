"""The pages of an objection for its parties; deciding it has a page of its own."""

from collections.abc import Mapping
from typing import Any

from fastapi import Response

from contracts.base import Relation
from contracts.obligations import ObligationKind
from services.portal.cycles.queries import Cycle
from services.portal.drafts.pages import continued, done
from services.portal.duties.commands import note_done
from services.portal.evidence.taking import FIELD, arrived, evidence_of, named, proves
from services.portal.names.queries import names
from services.portal.objections import views
from services.portal.results import views as results
from services.portal.results.reading import cycle_of, here, result_of
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_OWN = shown_to(Relation.SELF, note="against one's own result, inside the window")
_PARTIES = shown_to(Relation.SELF, Relation.RATER, Relation.AUTHORITY, Relation.DEBTOR, Relation.OFFICE)
_FORM = "keberatan"
_PROOFS = 2
Json = Mapping[str, Any]


@router.get("/hasil/{result_id}/keberatan", **_OWN)
async def new(result_id: str, visit: Visiting) -> Response:
    """How many days are left, and the grounds."""
    return await _form(visit, result_id, await continued(visit, _FORM, result_id))


@router.post("/hasil/{result_id}/keberatan/periksa", **_OWN)
async def check(result_id: str, visit: Visiting, sent: Sent) -> Response:
    """What was written, to be read once more before it is filed."""
    sent.require("grounds", visit.say("objections.grounds_missing"))
    await evidence_of(visit, sent)
    if sent.errors:
        return await _form(visit, result_id, sent, status=422)
    return await _form(visit, result_id, sent, template="objections/check.html", title="objections.check")


@router.post("/hasil/{result_id}/keberatan", **_OWN)
async def file(result_id: str, visit: Visiting, sent: Sent) -> Response:
    """File it."""
    if sent.text("act") == "change":
        return await _form(visit, result_id, sent)
    body = {
        "result_id": result_id,
        "grounds": sent.require("grounds", visit.say("objections.grounds_missing")),
        "items": sent.many("items"),
        "evidence": [*_proofs(sent), *await evidence_of(visit, sent)],
    }
    case: Json = {}
    with sent.refusals():
        if not sent.errors:
            case = await visit.ask.post("feedback", "/objections", body, key=sent.text("form_id"))
    if sent.errors:
        return await _form(visit, result_id, sent, status=422)
    await proves(visit, sent, "feedback", f"/objections/{case['id']}")
    await done(visit, _FORM, result_id)
    return visit.go(f"/keberatan/{case['id']}", selesai="ajukan")


@router.get("/keberatan/{objection_id}", **_PARTIES)
async def objection(objection_id: str, visit: Visiting, selesai: str = "") -> Response:
    """The whole case: what happened, whose turn it is, and what one may do."""
    return await _page(visit, objection_id, Form(), finished=selesai)


@router.post("/keberatan/{objection_id}/penjelasan", **_PARTIES)
async def speak(objection_id: str, visit: Visiting, sent: Sent) -> Response:
    """The reader's side explains, once."""
    text = sent.require("text", visit.say("objections.text_missing"))
    with sent.refusals():
        if not sent.errors:
            path = f"/objections/{objection_id}/statements"
            await visit.ask.post("feedback", path, {"text": text}, key=sent.text("form_id"))
    if sent.errors:
        return await _page(visit, objection_id, sent, status=422)
    await done(visit, "penjelasan", objection_id)
    async with visit.copies() as session:
        await note_done(session, ObligationKind.GIVE_STATEMENT, objection_id)
    return visit.go(f"/keberatan/{objection_id}", selesai="penjelasan")


@router.post("/keberatan/{objection_id}/cabut", **_OWN)
async def withdraw(objection_id: str, visit: Visiting, sent: Sent) -> Response:
    """The servant takes it back; the result is final then."""
    await visit.ask.post("feedback", f"/objections/{objection_id}/withdrawal", key=sent.text("form_id"))
    return visit.go(f"/keberatan/{objection_id}", selesai="cabut")


def _proofs(form: Form) -> list[Json]:
    """What the reader points to: each by its address or number."""
    given = [(form.text(f"title{place}"), form.text(f"reference{place}")) for place in range(_PROOFS)]
    return [one for title, reference in given for one in named(title, reference)]


async def _form(
    visit: Visit,
    result_id: str,
    form: Form,
    *,
    template: str = "objections/new.html",
    title: str = "objections.new",
    status: int = 200,
) -> Response:
    found, known = await result_of(visit, result_id), await here(visit)
    choices = _items(visit, await cycle_of(visit, found))
    chosen = form.many("items")
    shown = {
        "result": found,
        "choices": choices,
        "chosen": [(code, name) for code, name in choices if code in chosen],
        "days_left": results.days_left(found["object_until"], known.now, visit.visitor.zone),
        "proofs": _proofs(form),
        "places": range(_PROOFS),
        "arrived": (await arrived(visit, form))[FIELD],
    }
    return visit.page(template, visit.say(title), status=status, section="results", form=form, **shown)


async def _page(visit: Visit, objection_id: str, form: Form, *, finished: str = "", status: int = 200) -> Response:
    case = await visit.ask.get("feedback", f"/objections/{objection_id}")
    shown = await shown_of(visit, case)
    reader = str(visit.actor.id)
    if not form.errors and shown["speaks"]:
        form = await continued(visit, "penjelasan", objection_id)
    judges = reader == case["authority_id"]
    more = {"judges": judges, "decides": judges and not views.over(case), "finished": finished}
    if judges:  # who decides reads both sides beside each other, and not once more in the timeline
        more |= {"sides": views.sides(case), "spoken": views.spoken(case)}
        shown["steps"] = [one | {"text": ""} for one in shown["steps"]]
    title = visit.say("objections.title")
    return visit.page("objections/objection.html", title, status=status, section="results", form=form, **shown, **more)


async def shown_of(visit: Visit, case: Json) -> dict[str, Any]:
    """What the timeline of a case needs; on the page of the result as well."""
    cycle = await cycle_of(visit, case)
    steps, turn = views.steps(case), views.turn(case)
    ids = [
        *(one["by"] for one in steps),
        *(turn["who"] if turn else ()),
        case["authority_id"],
        case["servant_id"],
        case["rater_id"],
    ]
    async with visit.copies() as session:
        people = await names(session, ids)
    named = dict(_items(visit, cycle))
    return {
        "case": case,
        "steps": steps,
        "turn": turn,
        "case_people": people,
        "case_items": [named.get(one, one) for one in case["items"]],
        "withdraws": case["servant_id"] == str(visit.actor.id) and not views.over(case),
        "speaks": views.may_speak(case, str(visit.actor.id)),
        "reader": str(visit.actor.id),
    }


def _items(visit: Visit, cycle: Cycle | None) -> list[tuple[str, str]]:
    words = {name: visit.say(f"results.{name}") for name in results.OVERALL}
    return results.items(cycle, visit.language, words)
