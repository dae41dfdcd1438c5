"""Files are chosen, checked without changing anything, mended where they are wrong, and imported."""

import json
from typing import Any

from fastapi import Response

from contracts.base import Relation
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.tables import Kind, format_of
from services.portal.web.visit import Visit, Visiting

router = pages()
_OFFICE = shown_to(Relation.OFFICE)
_SHOWN = 200
_ANSWER = "answer:"
Json = dict[str, Any]


@router.get("/pengelola/impor", **_OFFICE)
async def choose(visit: Visiting, selesai: str = "") -> Response:
    """The files to be chosen."""
    return _page(visit, Form(), mapped=selesai == "kolom")


@router.get("/pengelola/impor/contoh.{kind}", **_OFFICE)
async def template(kind: Kind, visit: Visiting) -> Response:
    """A file to fill in, with lists of what the city allows and an example that is never imported."""
    return await visit.ask.file("registry", "/imports/templates/servants", format=format_of(kind).value)


@router.post("/pengelola/impor", **_OFFICE)
async def bring(visit: Visiting, sent: Sent) -> Response:
    """Check them, or import them: all or nothing, and a second time changes nothing."""
    files = [(one.filename or "-", await one.read()) for one in sent.uploads("files")]
    rehearsed = sent.text("act") != "import"
    if not files:
        sent.wrong("files", visit.say("imports.files_missing"))
        return _page(visit, sent, status=422)
    told: Json = {}
    answers, key, rehearsal = json.dumps(_answers(sent)), sent.text("form_id"), str(rehearsed).lower()
    with sent.file_refusals():
        told = await visit.ask.upload("registry", "/imports", files, {"answers": answers}, key=key, dry_run=rehearsal)
    return _page(visit, sent, status=422) if sent.errors else _page(visit, sent, report=told)


@router.post("/pengelola/impor/kolom", **_OFFICE)
async def confirm(visit: Visiting, sent: Sent) -> Response:
    """What the columns of a table mean, from now on: as it was proposed, or as it was changed on the page."""
    header = json.loads(sent.text("header") or "[]")
    columns = {
        name.removeprefix("column:"): value
        for name, value in sent.values.items()
        if name.startswith("column:") and value
    }
    with sent.refusals():
        body = {"header": header, "columns": columns}
        await visit.ask.put("registry", "/imports/mappings", body, key=sent.text("form_id"))
    if sent.errors:
        fields = [name.removeprefix("column:") for name in sent.values if name.startswith("column:")]
        proposal = {"header": header, "columns": columns, "missing": [one for one in fields if one not in columns]}
        sent.problem = {"mappings": [proposal | {"file": sent.text("file")}]}
        return _page(visit, sent, status=422)
    return visit.go("/pengelola/impor", selesai="kolom")


def _answers(form: Form) -> dict[str, dict[str, str]]:
    """By field and value, from fields that are called ``answer:<field>:<value>``."""
    found: dict[str, dict[str, str]] = {}
    for name, value in form.values.items():
        if name.startswith(_ANSWER) and value:
            field, _, asked = name.removeprefix(_ANSWER).partition(":")
            found.setdefault(field, {})[asked] = "" if value == "-" else value
    return found


def _page(
    visit: Visit,
    form: Form,
    *,
    report: Json | None = None,
    mapped: bool = False,
    status: int = 200,
) -> Response:
    told = form.problem
    mappings = [one | {"as_sent": json.dumps(one["header"])} for one in told.get("mappings") or ()]
    return visit.page(
        "imports/imports.html",
        visit.say("imports.title"),
        status=status,
        section="office",
        form=form,
        report=report,
        rows=(report or {}).get("rows", [])[:_SHOWN],
        wrong=[one for one in told.get("errors") or () if one.get("wrong")],
        mappings=mappings,
        questions=told.get("questions") or [],
        given={name: value for name, value in form.values.items() if name.startswith(_ANSWER)},
        mapped=mapped,
    )
