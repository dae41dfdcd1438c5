"""Files are chosen, checked without changing anything, mended where they are wrong, and imported."""

import json
from collections.abc import Mapping
from typing import Any

from fastapi import HTTPException, Response

from contracts.base import Relation
from contracts.registry.personnel import ChangeKind
from services.portal.web.forms import Form
from services.portal.web.route import Sent, pages
from services.portal.web.shown import shown_to
from services.portal.web.tables import Kind, format_of
from services.portal.web.visit import Visit, Visiting

router = pages()
_OFFICE = shown_to(Relation.OFFICE)
_SHOWN = 200
_ANSWER = "answer:"
_CHANGES = frozenset(one.value for one in ChangeKind)
_OF_LINES = ("created", "changed", "not in file")
"""What may become of a line, or of somebody who has none, beside nothing."""
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
    """What the columns of a table mean, from now on: as it was proposed, or as it was changed on the page.

    Raises HTTPException for a header that is none.
    """
    header = _header(sent)
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


def _header(form: Form) -> list[str]:
    """As the page had it in a hidden field; raises HTTPException for what is no list of texts."""
    try:
        found = json.loads(form.text("header"))
    except (ValueError, RecursionError):
        raise HTTPException(400) from None
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise HTTPException(400)
    return found


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
    told, rows = form.problem, (report or {}).get("rows", [])
    mappings = [one | {"as_sent": json.dumps(one["header"])} for one in told.get("mappings") or ()]
    return visit.page(
        "imports/imports.html",
        visit.say("imports.title"),
        status=status,
        section="office",
        form=form,
        report=report,
        rows=[_row(visit, one) for one in rows[:_SHOWN]],
        counts=_counted(visit, report["counts"]) if report else [],
        left=_left(report, rows) if report else 0,
        wrong=[one for one in told.get("errors") or () if one.get("wrong")],
        mappings=mappings,
        questions=told.get("questions") or [],
        given={name: value for name, value in form.values.items() if name.startswith(_ANSWER)},
        mapped=mapped,
    )


def _counted(visit: Visit, counts: Mapping[str, Mapping[str, int]]) -> list[tuple[str, int]]:
    """How many lines of a kind of file ended how, in the reader's words."""
    return [
        (f"{visit.say(f'imports.kind_{kind}')}: {visit.say(f'imports.outcome_{_key(outcome)}')}", n)
        for kind, outcomes in counts.items()
        for outcome, n in outcomes.items()
    ]


def _key(outcome: str) -> str:
    """Of the words: ``not in file`` is ``not_in_file``."""
    return outcome.replace(" ", "_")


def _row(visit: Visit, one: Json) -> Json:
    """In the reader's words; of a change of personnel the note is its kind."""
    said = {"outcome": visit.say(f"imports.outcome_{_key(one['outcome'])}")}
    if one["note"] in _CHANGES:
        said["note"] = visit.say(f"interventions.change_{one['note']}")
    return one | said


def _left(report: Json, rows: list[Json]) -> int:
    """How many lines did something and are not shown: the answer itself has the first few hundred of them."""
    done: int = sum(n for kind in report["counts"].values() for outcome, n in kind.items() if outcome in _OF_LINES)
    return max(done - _SHOWN, len(rows) - _SHOWN, 0)
