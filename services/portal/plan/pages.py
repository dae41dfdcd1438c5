"""The pages of one's own plan: read, begun, proposed, confirmed, talked about."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import Response

from contracts.base import Relation
from contracts.obligations import ObligationKind
from services.portal.cycles.queries import own_cycles
from services.portal.drafts.pages import continued_apart
from services.portal.duties.commands import note_done
from services.portal.plan import views
from services.portal.plan.content import filled, slots
from services.portal.plan.editing import DRAFT, draft_of
from services.portal.plan.reading import Read, beginnings, links, people_of, read
from services.portal.takeovers.reading import taken_of
from services.portal.upstream.refusals import Refusal
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_OWN = shown_to(
    Relation.SELF, Relation.RATER, Relation.AUTHORITY, Relation.DEBTOR, note="as the plans service lets them"
)


@router.get("/rencana", **shown_to(Relation.SELF, note="one's own plans"))
async def plans(visit: Visiting) -> Response:
    """Straight to the plan of the newest cycle that is not closed."""
    async with visit.copies() as session:
        cycles = await own_cycles(session, visit.actor.id)
    found = await visit.ask.every("plans", "/plans", servant_id=str(visit.actor.id))
    order = {str(one.id): place for place, one in enumerate(sorted(cycles, key=lambda one: one.closed))}
    mine = sorted(found, key=lambda one: order.get(one["cycle_id"], len(order)))
    if mine:
        return visit.go(f"/rencana/{mine[0]['id']}")
    return visit.page("plan/none.html", visit.say("plan.title"), section="plan")


@router.get("/rencana/{plan_id}", **_OWN)
async def plan(plan_id: str, visit: Visiting, selesai: str = "") -> Response:
    """The whole plan, with what may be done now; it is its own page of answers to check."""
    return await page(visit, await read(visit, plan_id), Form(), done=selesai)


async def page(
    visit: Visit,
    found: Read,
    form: Form,
    *,
    done: str = "",
    left_out: Sequence[Mapping[str, Any]] = (),
    status: int = 200,
) -> Response:
    """The plan as it stands; ``left_out`` is what a copy could not take from the earlier one."""
    shown = found.plan
    people, others, open_forms, taken = await asyncio.gather(
        people_of(visit, shown),
        _others(visit, found),
        _open_forms(visit, found),
        taken_of(visit, shown["cycle_id"], shown["servant_id"]),
    )
    templates, earlier = await beginnings(visit, shown) if found.writable and not shown["results"] else ([], [])
    told = {
        "read": found,
        "plan": shown,
        "people": people,
        "parts": views.parts(shown),
        "hints": views.hints(shown, visit.language) if found.writable else [],
        "weights": views.weights(shown),
        "remarks": views.remarks(shown),
        "answer": views.answer_of(shown),
        "asked": found.mine and views.asked(shown),
        "others": others,
        "templates": templates,
        "earlier": earlier,
        "open_forms": open_forms,
        "taken": taken,
        "left_out": left_out,
        "done": done if done in _DONE else "",
    }
    title = visit.say("plan.title_of", cycle=found.cycle.name) if found.cycle else visit.say("plan.title")
    return visit.page("plan/plan.html", title, status=status, section="plan", form=form, **told)


_DONE = frozenset({"hasil", "perilaku", "dukungan", "konsekuensi", "usul", "setuju", "tidak-setuju", "dialog", "mulai"})


async def _others(visit: Visit, found: Read) -> list[dict[str, str]]:
    """Plans of other cycles, by their names."""
    if not found.mine:
        return []
    async with visit.copies() as session:
        cycles = {str(one.id): one.name for one in await own_cycles(session, visit.actor.id)}
    mine = await visit.ask.every("plans", "/plans", servant_id=str(visit.actor.id))
    return [
        {"path": f"/rencana/{one['id']}", "name": cycles.get(one["cycle_id"], one["id"])}
        for one in mine
        if one["id"] != found.plan["id"]
    ]


async def _open_forms(visit: Visit, found: Read) -> dict[str, object] | None:
    """A plan that was returned is mended in place: every result is an open form."""
    if found.plan["state"] != "RETURNED" or not found.mine:
        return None
    asked = await links(visit, found.plan["id"])
    there = {
        draft_of(found.plan, place): filled(visit.language, one) for place, one in enumerate(found.plan["results"])
    }
    kept = await continued_apart(visit, DRAFT, there)
    return {"links": asked, "forms": [(draft, form, slots(form)) for draft, form in kept.items()]}


@router.post("/rencana/{plan_id}/usul", **_OWN)
async def propose(plan_id: str, visit: Visiting, sent: Sent) -> Response:
    """To the rater; what is missing is named with the place where it is mended."""
    try:
        await visit.ask.post("plans", f"/plans/{plan_id}/proposal", key=sent.text("form_id"))
    except Refusal as refusal:
        if refusal.status not in (409, 422):
            raise
        found = await read(visit, plan_id)
        for one in refusal.faults:
            sent.wrong(views.mended_at(found.plan, one.where), one.detail)
        if not refusal.faults:
            sent.refuse(refusal)
        return await page(visit, found, sent, status=422)
    await _done(visit, ObligationKind.PROPOSE_PLAN, plan_id)
    return visit.go(f"/rencana/{plan_id}", selesai="usul")


@router.post("/rencana/{plan_id}/mulai", **_OWN)
async def begin(plan_id: str, visit: Visiting, sent: Sent) -> Response:
    """An empty plan begins with a template of the position, or with what an earlier plan of one's own said."""
    with sent.refusals():
        if template := sent.text("template"):
            await visit.ask.post(
                "plans", f"/plans/{plan_id}/start", {"template_id": template}, key=sent.text("form_id")
            )
        elif earlier := sent.text("earlier"):
            copied = await visit.ask.post(
                "plans", f"/plans/{plan_id}/copy", {"from_plan_id": earlier}, key=sent.text("form_id")
            )
            if copied["left_out"]:
                return await page(visit, await read(visit, plan_id), Form(), done="mulai", left_out=copied["left_out"])
    if sent.errors:
        return await page(visit, await read(visit, plan_id), sent, status=422)
    return visit.go(f"/rencana/{plan_id}", selesai="mulai")


@router.post("/rencana/{plan_id}/konfirmasi", **_OWN)
async def confirm(plan_id: str, visit: Visiting, sent: Sent) -> Response:
    """Whether the servant agrees with the plan that was set; who does not says why, and the plan applies all the same."""
    agreed = sent.text("answer") == "AGREED"
    body = {"answer": "AGREED" if agreed else "DISAGREED", "reason": sent.text("reason") or None}
    version = {"plan_version": int(sent.text("version"))} if sent.text("version").isdecimal() else {}
    with sent.refusals():
        await visit.ask.post("plans", f"/plans/{plan_id}/confirmation", body | version, key=sent.text("form_id"))
    if sent.errors:
        return await page(visit, await read(visit, plan_id), sent, status=422)
    await _done(visit, ObligationKind.CONFIRM_PLAN, plan_id)
    return visit.go(f"/rencana/{plan_id}", selesai="setuju" if agreed else "tidak-setuju")


@router.post("/rencana/{plan_id}/dialog/{dialogue_id}", **_OWN)
async def confirm_dialogue(plan_id: str, dialogue_id: str, visit: Visiting, sent: Sent) -> Response:
    """It was so: the other side of a dialogue says it."""
    await visit.ask.post("plans", f"/dialogues/{dialogue_id}/confirmation", key=sent.text("form_id"))
    return visit.go(f"/rencana/{plan_id}", selesai="dialog")


@router.get("/rencana/{plan_id}/versi", **_OWN)
async def versions(plan_id: str, visit: Visiting, selesai: str = "") -> Response:
    """Every version that was set, the newest first, with what it changed."""
    found, every = await asyncio.gather(read(visit, plan_id), visit.ask.every("plans", f"/plans/{plan_id}/versions"))
    ordered = sorted(every, key=lambda one: int(one["plan_version"]))
    listed = [
        {"version": one, "changes": views.differences(ordered[place - 1] if place else None, one)}
        for place, one in enumerate(ordered)
    ]
    title = visit.say("plan.versions")
    shown: dict[str, Any] = {
        "plan": found.plan,
        "versions": listed[::-1],
        "amended": selesai == "ubah",
        "mine": found.mine,
    }
    return visit.page("plan/versions.html", title, section="plan" if found.mine else "team", **shown)


async def _done(visit: Visit, kind: ObligationKind, plan_id: str) -> None:
    async with visit.copies() as session:
        await note_done(session, kind, plan_id)
