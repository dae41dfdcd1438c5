"""The pages of one's own results."""

import asyncio
from collections.abc import Mapping
from typing import Any

from fastapi import Response

from contracts.base import Relation
from contracts.obligations import ObligationKind
from services.portal.duties.commands import note_done
from services.portal.objections.pages import shown_of
from services.portal.results import views
from services.portal.results.reading import Here, cycle_of, here, objection_to, people_of, provisional, result_of
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_OWN = shown_to(Relation.SELF, note="one's own results")
_READERS = shown_to(
    Relation.SELF, Relation.RATER, Relation.AUTHORITY, Relation.OFFICE, note="acknowledged by the servant alone"
)
Json = Mapping[str, Any]


@router.get("/hasil", **_OWN)
async def results(visit: Visiting) -> Response:
    """The newest result whole, the others below it."""
    known = await here(visit)
    found = await visit.ask.every("evaluation", "/results", servant_id=str(visit.actor.id))
    ordered = views.ordered([one for one in found if one["servant_id"] == str(visit.actor.id)])
    waiting, profile = await asyncio.gather(
        provisional(visit, known, ordered), visit.ask.maybe("evaluation", f"/servants/{visit.actor.id}/profile")
    )
    shown: dict[str, Any] = {
        "provisional": await _provisional(visit, known, waiting) if waiting else None,
        "profile": profile if profile and profile["results"] else None,
        "trend": views.trend(profile["results"]) if profile else "",
        "others": [(one, _cycle_name(known, one)) for one in ordered[1:]],
    }
    newest = await _shown(visit, known, ordered[0]) if ordered else {}
    title = visit.say("results.title")
    return visit.page("results/results.html", title, section="results", form=Form(), **shown, **newest)


@router.get("/hasil/{result_id}", **_READERS)
async def result(result_id: str, visit: Visiting, selesai: str = "") -> Response:
    """One result, with what may be done about it now."""
    return await _page(visit, await result_of(visit, result_id), Form(), done=selesai == "1")


@router.post("/hasil/{result_id}/terima", **_OWN)
async def acknowledge(result_id: str, visit: Visiting, sent: Sent) -> Response:
    """I have it: no agreement."""
    note = {"note": sent.text("note")} if sent.text("note") else None
    with sent.refusals():
        await visit.ask.post("evaluation", f"/results/{result_id}/acknowledgement", note, key=sent.text("form_id"))
    if sent.errors:
        return await _page(visit, await result_of(visit, result_id), sent, status=422)
    async with visit.copies() as session:
        await note_done(session, ObligationKind.ACKNOWLEDGE_RESULT, result_id)
    return visit.go(f"/hasil/{result_id}", selesai="1")


@router.get("/hasil/{result_id}/mengapa", **_READERS)
async def why(result_id: str, visit: Visiting) -> Response:
    """Every step from what was judged to the predicate, in words."""
    explained, found = await asyncio.gather(
        visit.ask.get("evaluation", f"/results/{result_id}/explanation"), result_of(visit, result_id)
    )
    cycle, people = await asyncio.gather(cycle_of(visit, found), people_of(visit, found))
    shown = {
        "result": found,
        "explained": explained,
        "sentences": views.sentences(explained, visit.language),
        "strengths": [one[visit.language] for one in explained["strengths"]],
        "areas": [one[visit.language] for one in explained["areas"]],
        "competences": [one["sentence"][visit.language] for one in explained["competences"]],
        "criteria": views.criteria(found["criteria"], views.labels(cycle, visit.language)),
    }
    name = "" if found["servant_id"] == str(visit.actor.id) else people.get(found["servant_id"], "")
    title = visit.say("results.why_of", name=name) if name else visit.say("results.why_title")
    return visit.page("results/why.html", title, section="results", **shown)


async def _page(visit: Visit, found: Json, form: Form, *, done: bool = False, status: int = 200) -> Response:
    known = await here(visit)
    shown = await _shown(visit, known, found)
    cycle = shown["cycle_name"]
    title = visit.say("results.result_of", cycle=cycle) if cycle else visit.say("results.title")
    if not shown["mine"] and (name := shown["people"].get(found["servant_id"])):
        title = f"{name}: {title}"
    return visit.page("results/result.html", title, status=status, section="results", form=form, done=done, **shown)


async def _shown(visit: Visit, known: Here, found: Json) -> dict[str, Any]:
    mine = found["servant_id"] == str(visit.actor.id)
    people, objection, periods, cycle = await asyncio.gather(
        people_of(visit, found), objection_to(visit, found), _periods(visit, found), cycle_of(visit, found)
    )
    left = views.days_left(found["object_until"], known.now, visit.visitor.zone)
    may_object = mine and not found["final_without_objection"] and not found["superseded_by"] and objection is None
    return {
        "result": found,
        "mine": mine,
        "people": people,
        "objection": objection,
        "case": await _case(visit, objection),
        "criteria": views.criteria(found["criteria"], views.labels(cycle, visit.language)),
        "days_left": left if may_object and not found["finalised_at"] else None,
        "periods": periods,
        "cycle_name": cycle.name if cycle else "",
    }


async def _case(visit: Visit, objection: Json | None) -> dict[str, Any] | None:
    """The objection as its own page shows it: whoever looks at the result sees whose turn it is."""
    found = await visit.ask.maybe("feedback", f"/objections/{objection['id']}") if objection else None
    return await shown_of(visit, found) if found else None


async def _periods(visit: Visit, found: Json) -> list[Any]:
    every = await visit.ask.maybe("evaluation", f"/appraisals/{found['appraisal_id']}/periods", limit=50)
    return list(every["items"]) if every else []


async def _provisional(visit: Visit, known: Here, found: Json) -> dict[str, Any]:
    cycle = known.cycles[found["cycle_id"]]
    asked = await visit.ask.every("feedback", "/clarifications", cycle_id=found["cycle_id"])
    own = [one for one in asked if one["appraisal_id"] == found["id"]]
    named = views.labels(cycle, visit.language)
    return {
        "appraisal": found,
        "cycle": cycle.name,
        "criteria": views.criteria(found["criteria"], named),
        "asked": own,
    }


def _cycle_name(known: Here, found: Json) -> str:
    cycle = known.cycles.get(found["cycle_id"])
    return cycle.name if cycle else ""
