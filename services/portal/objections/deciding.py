"""Deciding an objection: both statements beside each other, a word about each contested item, read once more before it is final."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import Response

from contracts.base import Rating, Relation
from contracts.obligations import ObligationKind
from services.portal.drafts.pages import continued, done
from services.portal.duties.commands import note_done
from services.portal.objections.pages import shown_of
from services.portal.objections.views import over, sides, spoken
from services.portal.results.views import OVERALL
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_DECIDES = shown_to(Relation.AUTHORITY, Relation.DEBTOR, note="whoever decides this objection")
_FORM = "putusan"
_RATINGS = tuple(one.value for one in Rating)
Json = Mapping[str, Any]


@router.get("/keberatan/{objection_id}/putusan", **_DECIDES)
async def decide(objection_id: str, visit: Visiting) -> Response:
    """What both sides said, and the decision to be written; a draft is continued."""
    case = await visit.ask.get("feedback", f"/objections/{objection_id}")
    if over(case):
        return visit.go(f"/keberatan/{objection_id}")
    kept = Form.filled(**{name: case[name] for name in OVERALL})
    return await _page(visit, case, await continued(visit, _FORM, objection_id, kept))


@router.post("/keberatan/{objection_id}/putusan/periksa", **_DECIDES)
async def check(objection_id: str, visit: Visiting, sent: Sent) -> Response:
    """The decision as it would be, to be read once more."""
    case = await visit.ask.get("feedback", f"/objections/{objection_id}")
    decision = _decision(visit, sent, case)
    if sent.errors:
        return await _page(visit, case, sent, status=422)
    return await _page(visit, case, sent, template="check_decision", decision=decision)


@router.post("/keberatan/{objection_id}/putusan", **_DECIDES)
async def final(objection_id: str, visit: Visiting, sent: Sent) -> Response:
    """It is decided; nothing takes it back."""
    case = await visit.ask.get("feedback", f"/objections/{objection_id}")
    if sent.text("act") == "change":
        return await _page(visit, case, sent)
    decision = _decision(visit, sent, case)
    with sent.refusals():
        if not sent.errors:
            path = f"/objections/{objection_id}/decision"
            await visit.ask.post("feedback", path, decision, key=sent.text("form_id"))
    if sent.errors:
        return await _page(visit, case, sent, status=422)
    await done(visit, _FORM, objection_id)
    async with visit.copies() as session:
        await note_done(session, ObligationKind.DECIDE_OBJECTION, objection_id)
    return visit.go(f"/keberatan/{objection_id}", selesai="putus")


def _decision(visit: Visit, form: Form, case: Json) -> dict[str, Any]:
    """As the service takes it; the whole is amended where one of the items is."""
    answers = [_item(visit, form, place, item) for place, item in enumerate(case["items"])]
    said = [one["amended"] for one in answers] or [_yes(visit, form, "amended")]
    reason = form.require("reason", visit.say("objections.decide_reason_missing"))
    decision: dict[str, Any] = {"outcome": "AMENDED" if any(said) else "UPHELD", "reason": reason, "items": answers}
    if any(said):
        scores = _scores(visit, form, case["items"], said)
        chosen = {name: form.text(name) for name in OVERALL if form.text(name) in _RATINGS}
        changed = any(chosen.get(name, case[name]) != case[name] for name in OVERALL)
        decision |= {"scores": scores} | (chosen if changed or not scores else {})
    return decision


def _item(visit: Visit, form: Form, place: int, item: str) -> dict[str, Any]:
    reason = form.require(f"reason-{place}", visit.say("objections.decide_reason_missing"))
    return {"item": item, "amended": _yes(visit, form, f"amended-{place}"), "reason": reason}


def _yes(visit: Visit, form: Form, name: str) -> bool:
    if form.text(name) not in ("yes", "no"):
        form.errors[name] = visit.say("objections.decide_missing")
    return form.text(name) == "yes"


def _scores(visit: Visit, form: Form, items: Sequence[str], amended: Sequence[bool]) -> list[Json]:
    """New numbers of the criteria that are amended."""
    found: list[Json] = []
    for place, item in enumerate(items):
        score = form.number(f"score-{place}", visit.say("objections.decide_number_wrong"))
        if item not in OVERALL and amended[place] and score is not None:
            found.append({"criterion": item, "score": str(score)})
    return found


async def _page(
    visit: Visit,
    case: Json,
    form: Form,
    *,
    template: str = "decide",
    decision: Json | None = None,
    status: int = 200,
) -> Response:
    shown = await shown_of(visit, case)
    items = [
        {"place": place, "code": code, "name": name, "scored": code not in OVERALL}
        for place, (code, name) in enumerate(zip(case["items"], shown["case_items"], strict=True))
    ]
    title = visit.say(f"objections.{template}", name=shown["case_people"].get(case["servant_id"], ""))
    more: dict[str, Any] = {"sides": sides(case), "spoken": spoken(case)}
    more |= {"item_names": {one["code"]: one["name"] for one in items}}
    more |= {"decided_items": items, "ratings": _RATINGS, "overall": OVERALL, "decision_made": decision}
    return visit.page(f"objections/{template}.html", title, status=status, section="team", form=form, **shown, **more)
