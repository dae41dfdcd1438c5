"""The pages of visits: the list, one visit, and each act of the panel and of the visited head."""

from collections.abc import Mapping
from typing import Any

from fastapi import Response

from contracts.base import Relation
from contracts.obligations import ObligationKind
from services.portal.drafts.pages import continued_each, done
from services.portal.duties.commands import note_done
from services.portal.evidence.taking import FIELD, arrived, evidence_of
from services.portal.visits import findings
from services.portal.visits.reading import acts, earlier, labels_of, people, section, units
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_SEES = shown_to(Relation.ANYONE, note="visits that the evaluation service shows: one's panels, one's unit")
_FORM, _FINDING = "kunjungan", "temuan-baru"
"""Forms that keep a draft: what is to be done next, and the finding that is written."""
_DONE = frozenset({"tanggal", "temuan", "laporan", "nilai", "tanggapan"})
Json = Mapping[str, Any]


@router.get("/kunjungan", **_SEES)
async def visits(visit: Visiting) -> Response:
    """Those that wait first, by day."""
    found = await visit.ask.every("evaluation", "/visits")
    found = sorted(found, key=lambda one: (one["state"] != "SCHEDULED", one["visit_on"] or one["scheduled_for"]))
    called = await units(visit, [one["unit_id"] for one in found])
    return visit.page(
        "visits/visits.html", visit.say("visits.title"), section=section(visit), found=found, units=called
    )


@router.get("/kunjungan/{visit_id}", **_SEES)
async def one_visit(visit_id: str, visit: Visiting, selesai: str = "") -> Response:
    """The whole visit, and what is to be done next."""
    return await _page(visit, visit_id, Form(), finished=selesai)


@router.post("/kunjungan/{visit_id}/tanggal", **_SEES)
async def set_date(visit_id: str, visit: Visiting, sent: Sent) -> Response:
    """The panel sets its day, or moves it with a reason."""
    body = {
        "visit_on": sent.require("visit_on", visit.say("visits.day_missing")),
        "reason": sent.text("reason") or None,
    }
    return await _act(visit, visit_id, sent, "date", body, "tanggal")


@router.post("/kunjungan/{visit_id}/temuan", **_SEES)
async def note_finding(visit_id: str, visit: Visiting, sent: Sent) -> Response:
    """One more finding, numbered in the order in which they are written, with what proves it."""
    finding: dict[str, Any] = {name: sent.require(name, visit.say("visits.missing")) for name in ("what", "how")}
    written = await findings.kept(visit, visit_id)
    if len(written) >= findings.MOST:
        sent.wrong("", visit.say("visits.too_many", most=findings.MOST))
    if not sent.errors:
        finding["evidence"] = await evidence_of(visit, sent, "evaluation", f"/visits/{visit_id}")
    if sent.errors:
        return await _page(visit, visit_id, sent, status=422)
    await findings.keep_all(visit, visit_id, [*written, finding])
    await done(visit, _FINDING, visit_id)
    return visit.go(f"/kunjungan/{visit_id}", selesai="temuan")


@router.post("/kunjungan/{visit_id}/temuan/hapus", **_SEES)
async def drop_finding(visit_id: str, visit: Visiting, sent: Sent) -> Response:
    """Take one out again, as long as the report is not sent."""
    written, place = await findings.kept(visit, visit_id), sent.text("place")
    rest = [one for at, one in enumerate(written) if str(at) != place]
    await findings.keep_all(visit, visit_id, rest)
    return visit.go(f"/kunjungan/{visit_id}")


@router.post("/kunjungan/{visit_id}/laporan", **_SEES)
async def report(visit_id: str, visit: Visiting, sent: Sent) -> Response:
    """The checklist and every finding; the visited head is asked to answer."""
    found = await visit.ask.get("evaluation", f"/visits/{visit_id}")
    answers: dict[str, bool | str] = {}
    for item in found["asked"]:
        typed = sent.text(f"check-{item['code']}")
        if typed:
            answers[item["code"]] = typed == "yes" if item.get("kind", "YES_NO") == "YES_NO" else typed
    body = {
        "held_on": sent.require("held_on", visit.say("visits.day_missing")),
        "checklist": answers,
        "findings": await findings.kept(visit, visit_id),
    }
    fields = {f"checklist.{item['code']}": f"check-{item['code']}" for item in found["asked"]}
    return await _act(visit, visit_id, sent, "report", body, "laporan", fields, ObligationKind.VISIT_UNIT)


@router.post("/kunjungan/{visit_id}/nilai", **_SEES)
async def assess(visit_id: str, visit: Visiting, sent: Sent) -> Response:
    """Whoever was given numbers; the others follow later."""
    found = await visit.ask.get("evaluation", f"/visits/{visit_id}")
    items = []
    for member in found["members"]:
        identity = member["appraisal_id"]
        typed = {code: sent.number(f"{code}-{identity}", visit.say("visits.number_wrong")) for code in found["codes"]}
        if any(value is not None for value in typed.values()):
            scores = {code: str(value) for code, value in typed.items() if value is not None}
            items.append({"appraisal_id": identity, "scores": scores, "comment": sent.text(f"comment-{identity}")})
    if not items and not sent.errors:
        sent.wrong("", visit.say("visits.nobody"))
    body = {"items": items}
    return await _act(visit, visit_id, sent, "assessments", body, "nilai", None, ObligationKind.ASSESS_PANEL)


@router.post("/kunjungan/{visit_id}/tanggapan", **_SEES)
async def respond(visit_id: str, visit: Visiting, sent: Sent) -> Response:
    """The visited head agrees to each finding, or says how it is seen there."""
    found = await visit.ask.get("evaluation", f"/visits/{visit_id}")
    items = [
        {
            "number": one["number"],
            "stance": sent.text(f"stance-{one['number']}"),
            "text": sent.text(f"text-{one['number']}"),
            "action": sent.text(f"action-{one['number']}") or None,
        }
        for one in found["findings"] or ()
        if sent.text(f"stance-{one['number']}") in ("AGREE", "EXPLAIN")
    ]
    fields = {f"items.{at}.text": f"text-{one['number']}" for at, one in enumerate(items)}
    body = {"items": items, "comment": sent.text("comment")}
    return await _act(visit, visit_id, sent, "response", body, "tanggapan", fields, ObligationKind.RESPOND_TO_VISIT)


async def _act(
    visit: Visit,
    visit_id: str,
    sent: Form,
    act: str,
    body: Json,
    told: str,
    fields: Mapping[str, str] | None = None,
    duty: ObligationKind | None = None,
) -> Response:
    told_back: Json = {}
    if not sent.errors:
        with sent.refusals(fields):
            told_back = await visit.ask.post("evaluation", f"/visits/{visit_id}/{act}", body, key=sent.text("form_id"))
    if sent.errors:
        return await _page(visit, visit_id, sent, status=422)
    if act != "date":  # the day is set beside the form that keeps a draft
        await done(visit, _FORM, visit_id)
    if act == "report":
        await findings.forget(visit, visit_id)
    # Of the assessments the duty is done with the last person of the unit.
    if duty is not None and (act != "assessments" or told_back["state"] == "ASSESSED"):
        async with visit.copies() as session:
            await note_done(session, duty, visit_id)
    return visit.go(f"/kunjungan/{visit_id}", selesai=told)


async def _page(visit: Visit, visit_id: str, form: Form, *, finished: str = "", status: int = 200) -> Response:
    found = await visit.ask.get("evaluation", f"/visits/{visit_id}")
    called = await units(visit, [found["unit_id"]])
    given = await continued_each(visit, [(_FORM, visit_id), (_FINDING, visit_id)], form)
    may = acts(found, str(visit.actor.id))
    unit = called.get(found["unit_id"], "")
    return visit.page(
        "visits/visit.html",
        visit.say("visits.of", unit=unit),
        status=status,
        section=section(visit),
        form=given,
        one=found,
        unit=unit,
        people=await people(visit, found),
        earlier=await earlier(visit, found),
        may=may,
        labels=await labels_of(visit, found) if may["assesses"] else {},
        arrived=(await arrived(visit, given))[FIELD],
        written=await findings.kept(visit, visit_id) if may["reports"] else [],
        finished=finished if finished in _DONE else "",
    )
