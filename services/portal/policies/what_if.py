"""What another policy would have made of a cycle: a file is chosen, every result is scored again, nothing is written."""

from collections import Counter
from typing import Any
from uuid import UUID

from fastapi import Response

from contracts.base import Relation
from contracts.policy import Policy
from scoring.names import known_names
from services.portal.policies.judging import judge
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_OFFICE = shown_to(Relation.OFFICE)
_PAGE, _PAGES, _SHOWN = 500, 40, 100
"""People of one answer, answers of one page, people whom the page names."""
Json = dict[str, Any]


@router.get("/pengelola/andai/{cycle_id}", **_OFFICE)
async def what_if(cycle_id: UUID, visit: Visiting) -> Response:
    """The file to be chosen."""
    return _page(visit, cycle_id, Form())


@router.post("/pengelola/andai/{cycle_id}", **_OFFICE)
async def simulate(cycle_id: UUID, visit: Visiting, sent: Sent) -> Response:
    """Who would go from one predicate of the city's own score to another."""
    file = next(iter(sent.uploads("file")), None)
    if file is None:
        sent.wrong("file", visit.say("policies.file_missing"))
        return _page(visit, cycle_id, sent, status=422)
    judged = await judge(visit, file.filename or "policy.yaml", await file.read())
    if judged.effective is None:
        sent.wrong("file", visit.say("policies.file_wrong", n=len(judged.errors)))
        return _page(visit, cycle_id, sent, wrong=judged.errors, status=422)
    with sent.refusals():
        report = await _simulated(visit, cycle_id, judged.effective.policy)
    if sent.errors:
        return _page(visit, cycle_id, sent, status=422)
    return _page(visit, cycle_id, sent, report=report)


async def _simulated(visit: Visit, cycle_id: UUID, policy: Policy) -> Json:
    """Sums of all answers, one after the other; a very large city's beyond the last are left out, and that is said."""
    groups: Counter[tuple[str, str | None, str | None]] = Counter()
    report: Json = {"total": 0, "checked": 0, "rescored": 0, "moderated": 0, "movers": []}
    body, cursor = {"policy": policy.model_dump(mode="json")}, ""
    for _ in range(_PAGES):
        path = f"/cycles/{cycle_id}/simulation"
        told = await visit.ask.post("evaluation", path, body, limit=_PAGE, cursor=cursor or None)
        report["total"] = told["total"]
        for name in ("checked", "rescored", "moderated"):
            report[name] += told[name]
        report["movers"] += told["movers"]
        for one in told["groups"]:
            groups[one["unit"] or "-", one["before"], one["after"]] += one["people"]
        if not (cursor := told["next"] or ""):
            break
    moved = [(unit, before, after, n) for (unit, before, after), n in groups.items() if before != after]
    return report | {"moved": sorted(moved, key=lambda one: (one[0], str(one[1]), str(one[2])))}


def _page(visit: Visit, cycle_id: UUID, form: Form, *, report: Json | None = None, **shown: Any) -> Response:
    def called(band: str | None) -> str:
        names = known_names()
        if band is None:
            return visit.say("policies.no_score")
        return (names[band].id if visit.language == "id" else names[band].en) if band in names else band

    found = report or {}
    return visit.page(
        "policies/what_if.html",
        visit.say("policies.what_if"),
        section="office",
        form=form,
        cycle_id=cycle_id,
        report=report,
        moved=[(unit, called(before), called(after), n) for unit, before, after, n in found.get("moved", ())],
        movers=[
            one | {"from": called(one["before"]), "to": called(one["after"])}
            for one in found.get("movers", ())[:_SHOWN]
        ],
        shown=_SHOWN,
        **shown,
    )
