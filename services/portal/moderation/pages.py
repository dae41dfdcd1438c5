"""The queue of findings, and one finding with what the office may do about it: ask whom it concerns, or close it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from fastapi import HTTPException, Response

from contracts.base import Relation, Role
from contracts.obligations import ObligationKind
from services.portal.duties.commands import note_done
from services.portal.moderation.queries import subjects
from services.portal.moderation.versions import versions_of
from services.portal.names.queries import names
from services.portal.office.queries import SIZE
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_OFFICE = shown_to(Relation.OFFICE)
_CLOSES = shown_to(Relation.OFFICE, Relation.DEBTOR, note="whoever owes its closing, where no officer may act")
_STATES = ("OPEN", "ALL")
_ABOUT = ("PERSON", "RATER", "UNIT")
_ACTS = {"tanya": ("question", "question"), "tutup": ("closing", "reason")}
"""The path of each act, and the field that says what it needs."""
Json = dict[str, Any]


@router.get("/pengelola/moderasi", **_OFFICE)
async def queue(
    visit: Visiting, siklus: str = "", keadaan: str = "OPEN", tentang: str = "", lanjut: str = "", selesai: str = ""
) -> Response:
    """The findings that nobody has closed, or all; about people, raters or units."""
    state = keadaan if keadaan in _STATES else "OPEN"
    about = tentang if tentang in _ABOUT else ""
    found = await visit.ask.get(
        "evaluation",
        "/moderations",
        cycle_id=siklus or None,
        state=state,
        about=about or None,
        limit=SIZE,
        cursor=lanjut or None,
    )
    return visit.page(
        "moderation/queue.html",
        visit.say("moderation.title"),
        section="office",
        rows=await _named(visit, found["items"]),
        following=found["next"],
        chosen={"siklus": siklus, "keadaan": state, "tentang": about},
        states=_STATES,
        abouts=_ABOUT,
        done=selesai if selesai in _ACTS else "",
    )


@router.get("/pengelola/moderasi/{moderation_id}", **_CLOSES)
async def finding(moderation_id: UUID, visit: Visiting) -> Response:
    """What was found, beside the limit, and what became of it."""
    return await _finding(visit, moderation_id, Form())


@router.post("/pengelola/moderasi/{moderation_id}/{act}", **_CLOSES)
async def act_on(moderation_id: UUID, act: str, visit: Visiting, sent: Sent) -> Response:
    """Ask, or close with the reason why it may stand; then the queue again, or the own tasks without a desk."""
    if act not in _ACTS:
        raise HTTPException(404)
    path, field = _ACTS[act]
    said = sent.require(field, visit.say(f"moderation.{field}_missing"))
    with sent.refusals():
        if not sent.errors:
            whole = f"/moderations/{moderation_id}/{path}"
            told = await visit.ask.post("evaluation", whole, {field: said}, key=sent.text("form_id"))
    if sent.errors:
        return await _finding(visit, moderation_id, sent, status=422)
    async with visit.copies() as session:
        await note_done(session, ObligationKind.MODERATE, moderation_id)
    if not visit.has(Role.PERFORMANCE_OFFICE):
        return visit.go("/")
    return visit.go("/pengelola/moderasi", siklus=told["cycle_id"], selesai=act)


async def _finding(visit: Visit, moderation_id: UUID, form: Form, *, status: int = 200) -> Response:
    [shown] = await _named(visit, [await visit.ask.get("evaluation", f"/moderations/{moderation_id}")])
    about = shown["about"] or visit.say(f"moderation.about_{shown['sort']}")
    title, versions = visit.say("moderation.finding", name=about), await versions_of(visit, shown["one"])
    at_desk = visit.has(Role.PERFORMANCE_OFFICE)
    return visit.page(
        "moderation/finding.html",
        title,
        status=status,
        section="office" if at_desk else "tasks",
        form=form,
        versions=versions,
        at_desk=at_desk,
        # Whom it concerns reads it here as well, and answers on a page of his or her own.
        acts=shown["one"]["decided_at"] is None and shown["one"]["concerns_id"] != str(visit.actor.id),
        **shown,
    )


async def _named(visit: Visit, found: Sequence[Json]) -> list[Json]:
    """Each with whom or what it is about, and who may be asked."""
    async with visit.copies() as session:
        known = await subjects(session, (one["appraisal_id"] for one in found), (one["unit_id"] for one in found))
        ids = [one[name] for one in found for name in ("concerns_id", "asked_by", "answered_by", "decided_by")]
        called = await names(session, ids)
    rows: list[Json] = []
    for one in found:
        person = known.people.get(one["appraisal_id"] or "")
        sort = "PERSON" if one["appraisal_id"] else "UNIT" if one["unit_id"] else "RATER"
        about = {"PERSON": person.name if person else "", "UNIT": known.units.get(one["unit_id"] or "", "")}
        concerned = called.get(one["concerns_id"] or "", "")
        more = {"sort": sort, "about": about.get(sort, concerned), "person": person, "concerned": concerned}
        rows.append({"one": one, "called": called, **more})
    return rows
