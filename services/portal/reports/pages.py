"""The page of one report: a number or a reason for every indicator."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import Response

from contracts.base import Relation
from contracts.obligations import ObligationKind
from services.portal.drafts.pages import continued, done
from services.portal.duties.commands import note_done
from services.portal.evidence.taking import FIELD, arrived, evidence_of, named
from services.portal.web.forms import Form
from services.portal.web.numbers import figure
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_OWN = shown_to(Relation.SELF, Relation.RATER, Relation.AUTHORITY, note="written by the servant alone")
_FORM = "laporan"
Json = Mapping[str, Any]


@router.get("/laporan/{report_id}", **_OWN)
async def report(report_id: str, visit: Visiting, selesai: str = "") -> Response:
    """What is known so far, to be completed and sent."""
    found = await visit.ask.get("plans", f"/reports/{report_id}")
    form = await continued(visit, _FORM, report_id, filled(visit.language, found))
    return await _page(visit, found, form, sent=selesai == "1")


@router.post("/laporan/{report_id}", **_OWN)
async def send(report_id: str, visit: Visiting, sent: Sent) -> Response:
    """Send it; an indicator without a number wants its reason."""
    found = await visit.ask.get("plans", f"/reports/{report_id}")
    figures = [await _figure(visit, sent, found, place) for place in range(len(found["indicators"]))]
    if not sent.errors:
        with sent.refusals(_fields(len(figures))):
            await visit.ask.post("plans", f"/reports/{report_id}", {"actuals": figures}, key=sent.text("form_id"))
    if sent.errors:
        return await _page(visit, found, sent, status=422)
    return await _finished(visit, report_id)


@router.post("/laporan/{report_id}/benar", **_OWN)
async def confirm(report_id: str, visit: Visiting, sent: Sent) -> Response:
    """What the system drafted from earlier figures is right as it is."""
    await visit.ask.post("plans", f"/reports/{report_id}/confirmation", key=sent.text("form_id"))
    return await _finished(visit, report_id)


async def _finished(visit: Visit, report_id: str) -> Response:
    await done(visit, _FORM, report_id)
    async with visit.copies() as session:
        await note_done(session, ObligationKind.REPORT_ACTUALS, report_id)
    return visit.go(f"/laporan/{report_id}", selesai="1")


def filled(language: str, report: Json) -> Form:
    """The form with the newest value of each indicator."""
    values: dict[str, str] = {}
    for place, one in enumerate(report["indicators"]):
        values |= {f"actual{place}": figure(language, one["actual"]), f"reason{place}": one["reason"] or ""}
    return Form(values)


async def _figure(visit: Visit, form: Form, report: Json, place: int) -> Json:
    indicator = report["indicators"][place]
    actual = form.number(f"actual{place}", visit.say("reports.number_wrong"))
    reason = form.text(f"reason{place}")
    if actual is None and not reason and f"actual{place}" not in form.errors:
        form.errors[f"actual{place}"] = visit.say("reports.missing")
    kept = list(indicator.get("evidence") or ())
    pointed_to = named(form.text(f"title{place}"), form.text(f"reference{place}"))
    files = await evidence_of(visit, form, "plans", f"/reports/{report['id']}", f"{FIELD}{place}")
    return {
        "indicator_id": indicator["id"],
        "actual": None if actual is None else str(actual),
        "reason": reason or None,
        "evidence": [*kept, *_new(kept, [*pointed_to, *files])],
    }


def _new(kept: Sequence[Json], given: Sequence[Json]) -> list[Json]:
    there = {one["reference"] for one in kept}
    return [one for one in given if one["reference"] not in there]


def _fields(count: int) -> dict[str, str]:
    names = {"actual": "actual", "reason": "reason", "evidence": "reference"}
    return {f"actuals.{place}.{name}": f"{field}{place}" for place in range(count) for name, field in names.items()}


async def _page(visit: Visit, found: Json, form: Form, *, sent: bool = False, status: int = 200) -> Response:
    mine = found["servant_id"] == str(visit.actor.id)
    shown = {"report": found, "mine": mine, "sent": sent, "plan_path": f"/rencana/{found['plan_id']}"}
    fields = [f"{FIELD}{place}" for place in range(len(found["indicators"]))] if mine else []
    shown |= {"arrived": await arrived(visit, form, *fields)}
    title = visit.say("reports.title", n=found["period"])
    return visit.page("reports/report.html", title, status=status, section="plan", form=form, **shown)
