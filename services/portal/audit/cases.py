"""The file of an objection: what both sides said, the decision, the contested result, and every line of the journals about it."""

import asyncio
import json
from typing import Any
from uuid import UUID

from fastapi import HTTPException, Response

from contracts.base import Relation
from contracts.portal.papers import PaperKind
from services.portal.history.reading import actors, done_by, event_name, events
from services.portal.listings.paper import paper_of
from services.portal.listings.shown import Cell, Link, Listing, tables_page
from services.portal.names.queries import names as people_names
from services.portal.web import names
from services.portal.web.route import pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_AUDITOR = shown_to(Relation.AUDITOR, note="reads and changes nothing")
Json = dict[str, Any]


@router.get("/audit/keberatan", **_AUDITOR)
async def cases(visit: Visiting) -> Response:
    """Every objection, the newest first, each with its file in two kinds."""
    found = await visit.ask.every("feedback", "/objections")
    async with visit.copies() as session:
        people = await people_names(session, [one["servant_id"] for one in found])
    heads = [visit.say(f"audit.{one}") for one in ("person", "filed", "state", "as_json", "as_pdf")]
    rows: list[list[Cell]] = [
        [
            people.get(one["servant_id"], one["servant_id"]),
            visit.day(one["filed_at"]),
            visit.say(f"docket.state_{one['state']}"),
            Link(
                visit.say("audit.case_json", name=people.get(one["servant_id"], "-")), f"/audit/berkas/{one['id']}.json"
            ),
            Link(
                visit.say("audit.case_pdf", name=people.get(one["servant_id"], "-")), f"/audit/berkas/{one['id']}.pdf"
            ),
        ]
        for one in found
    ]
    return tables_page(
        visit,
        visit.say("audit.cases"),
        [Listing(visit.say("audit.cases"), heads, rows)],
        section="audit",
        back=Link(visit.say("audit.title"), "/audit"),
    )


@router.get("/audit/berkas/{objection_id}.{form}", **_AUDITOR)
async def case(objection_id: UUID, form: str, visit: Visiting) -> Response:
    """As JSON with everything, or as a PDF that people read."""
    if form not in ("json", "pdf"):
        raise HTTPException(404)
    objection = await visit.ask.get("feedback", f"/objections/{objection_id}")
    result, lines = await asyncio.gather(
        visit.ask.get("evaluation", f"/results/{objection['result_id']}"),
        events(visit, UUID(objection["servant_id"]), str(objection_id)),
    )
    if form == "json":
        content = json.dumps({"objection": objection, "result": result, "journal": lines}, indent=2, ensure_ascii=False)
        headers = {
            "Content-Disposition": f'attachment; filename="keberatan-{objection_id}.json"',
            "Cache-Control": "no-store",
        }
        return Response(content, media_type="application/json", headers=headers)
    return await _paper(visit, objection, result, lines)


async def _paper(visit: Visit, objection: Json, result: Json, lines: list[Any]) -> Response:
    ids = [objection[one] for one in ("servant_id", "rater_id", "authority_id", "decided_by")]
    ids += [one["by_id"] for one in objection["statements"]]
    async with visit.copies() as session:
        people = await people_names(session, [*ids, *(actor for one in lines for actor in actors(one))])
    said: list[list[Cell]] = [
        [
            visit.say(f"objections.side_{one['side']}", name=people.get(one["by_id"], "-")),
            visit.moment(one["at"]),
            one["text"],
        ]
        for one in objection["statements"]
    ]
    journal: list[list[Cell]] = [
        [
            visit.moment(one["time"]),
            event_name(visit, one["type"]),
            done_by(visit, one, people),
            one["reason"] or "",
            one["hash"][:16],
        ]
        for one in lines
    ]
    found = [
        _facts(visit, objection, result, people),
        Listing(visit.say("audit.statements"), [visit.say(f"audit.{one}") for one in ("side", "time", "said")], said),
        Listing(
            visit.say("audit.journals"),
            [visit.say(f"audit.{one}") for one in ("time", "type", "actor", "reason", "hash")],
            journal,
        ),
    ]
    title = visit.say("audit.case_of", name=people.get(objection["servant_id"], objection["servant_id"]))
    return await paper_of(
        visit,
        f"keberatan-{objection['id']}",
        title,
        found,
        kind=PaperKind.CASE,
        subject_id=UUID(objection["id"]),
        servant_id=UUID(objection["servant_id"]),
        cycle_id=UUID(objection["cycle_id"]),
    )


def _facts(visit: Visit, objection: Json, result: Json, people: dict[str, str]) -> Listing:
    decision = objection["decision"] or {}
    rows: list[list[Cell]] = [
        [visit.say("audit.person"), people.get(objection["servant_id"], objection["servant_id"])],
        [visit.say("audit.rater"), people.get(objection["rater_id"], objection["rater_id"])],
        [visit.say("audit.authority"), people.get(objection["authority_id"], objection["authority_id"])],
        [visit.say("audit.filed"), visit.moment(objection["filed_at"])],
        [visit.say("audit.grounds"), objection["grounds"]],
        [visit.say("audit.predicate"), names.named(visit.language, "predicate", objection["predicate"])],
        [visit.say("audit.local_score"), str(result["local_score"] or "-")],
        [visit.say("audit.state"), visit.say(f"docket.state_{objection['state']}")],
        [visit.say("audit.decided"), visit.moment(objection["decided_at"]) or "-"],
        [visit.say("audit.reason"), decision.get("reason") or "-"],
    ]
    return Listing(visit.say("audit.case"), [visit.say("audit.what"), visit.say("audit.value")], rows)
