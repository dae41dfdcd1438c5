"""Plans as the rater sees them: read, set one or many, returned with the place, talked about."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import Response

from contracts.base import Relation, Role
from contracts.obligations import ObligationKind
from services.portal.drafts.pages import continued_each
from services.portal.drafts.pages import done as draft_done
from services.portal.duties.commands import note_done
from services.portal.duties.queries import own_duties
from services.portal.names.queries import names
from services.portal.plan.reading import people_of, read
from services.portal.takeovers.reading import taken_of
from services.portal.team.views import places
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
Json = Mapping[str, Any]
_LEADS = shown_to(Relation.RATER, Relation.AUTHORITY, note="as the plans service lets them")
_MOST = 50
"""Plans whose content is shown at once; the rest follows when these are answered."""
_RETURN, _TALK = "kembalikan", "dialog"
"""Forms of one plan that keep a draft."""
_DRAFTS = {"return": _RETURN, "dialogues": _TALK}
_DONE = frozenset({"tetap", "kembali", "dialog", "benar"})


@router.get("/tim/rencana", **_LEADS)
async def proposed(visit: Visiting, selesai: str = "") -> Response:
    """All that wait for the reader, those that were handed over as well, each with its content, to be ticked and set at once."""
    count = int(selesai) if selesai.isdecimal() else 0
    return await _listed(visit, Form(), count=count)


async def _listed(visit: Visit, form: Form, *, count: int = 0, status: int = 200) -> Response:
    waiting, anew = await _waiting(visit), await _owed(visit)
    found = await asyncio.gather(*(visit.ask.maybe("plans", f"/plans/{one}") for one in waiting[:_MOST]))
    plans = [one for one in found if one and (one["state"] == "PROPOSED" or _is_anew(one, anew))]
    async with visit.copies() as session:
        people = await names(session, [one["servant_id"] for one in plans])
    title = visit.say("team.proposed")
    shown: dict[str, Any] = {"plans": plans, "people": people, "count": count, "ticked": form.many("plan")}
    shown["later"] = len(waiting[_MOST:])
    return visit.page("team/proposed.html", title, status=status, section="team", form=form, **shown)


async def _waiting(visit: Visit) -> list[str]:
    """Ids: of whom the reader rates, and then what another rater's silence has left to him or her."""
    own = await visit.ask.every("plans", "/plans", rater_id=str(visit.actor.id), state="PROPOSED")
    return list(dict.fromkeys([*(one["id"] for one in own), *await _owed(visit)]))


async def _owed(visit: Visit) -> list[str]:
    """Ids of the plans whose answer the reader owes: proposed ones, and after a transfer those to be agreed on anew."""
    async with visit.copies() as session:
        owed = await own_duties(session, visit.actor.id)
    return [str(one.subject_id) for one in owed if one.kind is ObligationKind.ANSWER_PLAN]


def _is_anew(plan: Json, owed: Sequence[str]) -> bool:
    """Set already, with another leader: to be talked about and set again by the new one (L II.C.6-7)."""
    return bool(plan["state"] == "SET" and plan["id"] in owed)


@router.post("/tim/rencana", **_LEADS)
async def set_many(visit: Visiting, sent: Sent) -> Response:
    """All that are ticked or none: one without a dialogue keeps the others waiting as well, and is named."""
    ids = sent.many("plan")
    if not ids:
        sent.errors["plans"] = visit.say("team.tick_missing")
        return await _listed(visit, sent, status=422)
    with sent.refusals():
        await visit.ask.post("plans", "/plans/setting", {"plan_ids": ids}, key=sent.text("form_id"))
    if sent.errors:
        return await _listed(visit, sent, status=422)
    async with visit.copies() as session:
        await note_done(session, ObligationKind.ANSWER_PLAN, *ids)
    return visit.go("/tim/rencana", selesai=str(len(ids)))


@router.get("/tim/rencana/{plan_id}", **_LEADS)
async def plan(plan_id: str, visit: Visiting, selesai: str = "") -> Response:
    """The whole plan, and what may be done with it on the same page."""
    return await _page(visit, plan_id, Form(), done=selesai)


async def _page(visit: Visit, plan_id: str, form: Form, *, done: str = "", status: int = 200) -> Response:
    found = await read(visit, plan_id)
    people, taken, owed = await asyncio.gather(
        people_of(visit, found.plan),
        taken_of(visit, found.plan["cycle_id"], found.plan["servant_id"]),
        _owed(visit),
    )
    given = await continued_each(visit, [(_RETURN, plan_id), (_TALK, plan_id)], form)
    talked = any(one["purpose"] == "SET" and one["round"] == found.plan["round"] for one in found.plan["dialogues"])
    return visit.page(
        "team/plan.html",
        visit.say("team.plan_of", name=people.get(found.plan["servant_id"], "")),
        status=status,
        section="team",
        form=given,
        plan=found.plan,
        people=people,
        talked=talked,
        taken=taken,
        rates=_rates(visit, found.plan),
        mine=found.plan["rater_id"] == str(visit.actor.id),
        # As the rater, or because another's silence left it to the reader.
        answers=_rates(visit, found.plan) or plan_id in owed,
        anew=_is_anew(found.plan, owed),
        places=places(visit, found.plan),
        done=done if done in _DONE else "",
    )


def _rates(visit: Visit, plan: Json) -> bool:
    """The rater; where nobody rates, the office."""
    rater = plan["rater_id"]
    return rater == str(visit.actor.id) or (rater is None and visit.has(Role.PERFORMANCE_OFFICE))


@router.post("/tim/rencana/{plan_id}/tetapkan", **_LEADS)
async def set_plan(plan_id: str, visit: Visiting, sent: Sent) -> Response:
    """It counts from now on."""
    return await _act(visit, plan_id, sent, "setting", None, "tetap")


@router.post("/tim/rencana/{plan_id}/kembalikan", **_LEADS)
async def give_back(plan_id: str, visit: Visiting, sent: Sent) -> Response:
    """With remarks row by row, and a reason for the whole; who remarks on rows alone has given the reason with them."""
    every = places(visit, (await read(visit, plan_id)).plan)
    remarks = [{"where": one["where"], "text": sent.text(one["field"])} for one in every if sent.text(one["field"])]
    reason = sent.text("reason") or "\n".join(one["text"] for one in remarks)
    if not reason:
        sent.wrong("reason", visit.say("team.reason_missing"))
        return await _page(visit, plan_id, sent, status=422)
    return await _act(visit, plan_id, sent, "return", {"reason": reason, "remarks": remarks}, "kembali")


@router.post("/tim/rencana/{plan_id}/dialog", **_LEADS)
async def talk(plan_id: str, visit: Visiting, sent: Sent) -> Response:
    """Before a plan is set one has talked about it (art. 14)."""
    body = {name: sent.require(name, visit.say(f"team.{name}_missing")) for name in ("held_on", "summary", "agreed")}
    if sent.errors:
        return await _page(visit, plan_id, sent, status=422)
    purpose = sent.text("purpose") if sent.text("purpose") in ("SET", "CLARIFY", "FEEDBACK", "RESULT") else "SET"
    return await _act(visit, plan_id, sent, "dialogues", body | {"purpose": purpose}, "dialog")


@router.post("/tim/rencana/{plan_id}/dialog/{dialogue_id}", **_LEADS)
async def confirm_dialogue(plan_id: str, dialogue_id: str, visit: Visiting, sent: Sent) -> Response:
    """It was as the servant wrote it down: said by the rater, or by the superior to whom the plan was handed over."""
    await visit.ask.post("plans", f"/dialogues/{dialogue_id}/confirmation", key=sent.text("form_id"))
    return visit.go(f"/tim/rencana/{plan_id}", selesai="benar")


async def _act(visit: Visit, plan_id: str, sent: Form, act: str, body: dict[str, Any] | None, done: str) -> Response:
    with sent.refusals():
        await visit.ask.post("plans", f"/plans/{plan_id}/{act}", body, key=sent.text("form_id"))
    if sent.errors:
        return await _page(visit, plan_id, sent, status=422)
    if draft := _DRAFTS.get(act):
        await draft_done(visit, draft, plan_id)
    if act != "dialogues":
        async with visit.copies() as session:
            await note_done(session, ObligationKind.ANSWER_PLAN, plan_id)
    return visit.go(f"/tim/rencana/{plan_id}", selesai=done)
