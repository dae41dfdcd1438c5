"""A result made again from its trace, here and not in the service that stored it."""

import asyncio
from typing import Any
from uuid import UUID

from fastapi import Response

from contracts.base import Relation
from scoring.recomputation import StoredResult, differences
from scoring.trace import Step
from services.portal.listings.shown import Cell, Link, Listing, tables_page
from services.portal.names.queries import names as people_names
from services.portal.web import names
from services.portal.web.route import pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
Json = dict[str, Any]


@router.get("/audit/hasil/{result_id}", **shown_to(Relation.AUDITOR, note="reads and changes nothing"))
async def again(result_id: UUID, visit: Visiting) -> Response:
    """Each step computed anew from its operands, and the columns of the result from the steps."""
    found, explained = await asyncio.gather(
        visit.ask.get("evaluation", f"/results/{result_id}"),
        visit.ask.get("evaluation", f"/results/{result_id}/explanation"),
    )
    steps = [Step.model_validate(one) for one in explained["trace"]]
    stored = StoredResult.model_validate({name: found[name] for name in StoredResult.model_fields})
    wrong = await asyncio.to_thread(differences, steps, stored)
    async with visit.copies() as session:
        people = await people_names(session, [found["servant_id"]])
    name = people.get(found["servant_id"], found["servant_id"])
    links = [
        Link(visit.say("audit.see"), f"/hasil/{result_id}/mengapa"),
        Link(visit.say("audit.history_of", name=name), f"/riwayat/{found['servant_id']}?perihal={result_id}"),
    ]
    return tables_page(
        visit,
        visit.say("audit.again_of", name=name),
        [_outcome(visit, found), _steps(visit, steps)],
        section="audit",
        back=Link(visit.say("audit.draw"), f"/audit/siklus/{found['cycle_id']}/sampel"),
        intro=[visit.say("audit.follows") if not wrong else visit.say("audit.departs", n=len(wrong)), *wrong],
        links=links,
    )


def _outcome(visit: Visit, found: Json) -> Listing:
    rows: list[list[Cell]] = [
        [visit.say("audit.predicate"), names.named(visit.language, "predicate", found["predicate"])],
        [visit.say("audit.local_score"), str(found["local_score"] or "-")],
        [visit.say("audit.version"), str(found["version"])],
    ]
    return Listing(visit.say("audit.stored"), [visit.say("audit.what"), visit.say("audit.value")], rows)


def _steps(visit: Visit, steps: list[Step]) -> Listing:
    heads = [visit.say(f"audit.{one}") for one in ("step", "subject", "operands", "value")]
    rows: list[list[Cell]] = [
        [
            one.code.value,
            one.subject,
            "; ".join(f"{each.name} = {each.value}" for each in one.operands),
            str(one.value if one.value is not None else "-"),
        ]
        for one in steps
    ]
    return Listing(visit.say("audit.steps"), heads, rows)
