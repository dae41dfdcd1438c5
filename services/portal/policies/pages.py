"""Versions of the city's policies, what changed between two of them, and publishing one from a file after a check."""

import asyncio
from typing import Annotated, Any

from fastapi import Path, Response

from contracts.base import Relation
from contracts.policy import Policy
from policy.differences import differences
from services.portal.policies.judging import Judged, judge
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_OFFICE = shown_to(Relation.OFFICE)
Json = dict[str, Any]


@router.get("/pengelola/kebijakan", **_OFFICE)
async def policies(visit: Visiting) -> Response:
    """By scope the newest version first, which is the one in force; and the form of a new one."""
    return await _page(visit, Form())


@router.post("/pengelola/kebijakan", **_OFFICE)
async def bring(visit: Visiting, sent: Sent) -> Response:
    """Check a file, which changes nothing and says what would be different, or publish it."""
    file = next(iter(sent.uploads("file")), None)
    if file is None:
        sent.wrong("file", visit.say("policies.file_missing"))
        return await _page(visit, sent, status=422)
    name, content = file.filename or "policy.yaml", await file.read()
    judged = await judge(visit, name, content)
    if judged.effective is None:
        return await _page(visit, _with(visit, sent, judged), wrong=judged, status=422)
    published = sent.text("act") == "publish"
    changes = await _changes(visit, judged)
    with sent.file_refusals():
        # The registry takes the file by the name that says what it is, whatever the office calls it.
        files = [("policy.yaml", content)]
        key, rehearsed = sent.text("form_id"), str(not published).lower()
        await visit.ask.upload("registry", "/imports", files, {}, key=key, dry_run=rehearsed)
    if sent.errors:
        return await _page(visit, sent, refused=sent.problem.get("errors") or (), status=422)
    done = "publish" if published else "check"
    return await _page(visit, sent, done=done, scope=judged.effective.scope, changes=changes)


@router.get("/pengelola/kebijakan/{scope}", **_OFFICE)
async def compare(
    scope: Annotated[str, Path(max_length=100)], visit: Visiting, sebelum: str = "", sesudah: str = ""
) -> Response:
    """What changed between two versions, in sentences; the newest two where none are named."""
    asked = {"before": sebelum or None, "after": sesudah or None}
    told, versions = await asyncio.gather(
        visit.ask.get("registry", f"/policies/{scope}/differences", **asked), visit.ask.every("registry", "/policies")
    )
    title = visit.say("policies.compared", scope=scope, before=told["before"], after=told["after"])
    numbers = sorted((one["version"] for one in versions if one["scope"] == scope), reverse=True)
    changes = [one[visit.language] for one in told["differences"]]
    shown = {"told": told, "numbers": numbers, "changes": changes, "scope": scope}
    return visit.page("policies/compare.html", title, section="office", **shown)


async def _changes(visit: Visit, judged: Judged) -> list[str]:
    """Against what is in force in the same scope; everything is new where nothing is."""
    if judged.effective is None or not (
        old := await visit.ask.maybe("registry", f"/policies/{judged.effective.scope}")
    ):
        return []
    before = Policy.model_validate(old["policy"])
    said = await asyncio.to_thread(differences, before, judged.effective.policy)
    return [one.id if visit.language == "id" else one.en for one in said]


def _with(visit: Visit, form: Form, judged: Judged) -> Form:
    form.wrong("file", visit.say("policies.file_wrong", n=len(judged.errors)))
    return form


async def _page(visit: Visit, form: Form, *, wrong: Judged | None = None, status: int = 200, **shown: Any) -> Response:
    versions = await visit.ask.every("registry", "/policies")
    newest: dict[str, int] = {}
    for one in versions:
        newest[one["scope"]] = max(one["version"], newest.get(one["scope"], 0))
    return visit.page(
        "policies/policies.html",
        visit.say("policies.title"),
        status=status,
        section="office",
        form=form,
        versions=[one | {"in_force": one["version"] == newest[one["scope"]]} for one in versions],
        wrong=wrong.errors if wrong else (),
        **shown,
    )
