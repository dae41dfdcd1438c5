"""The page of the files, and the files themselves."""

import asyncio
from uuid import UUID

from fastapi import Response

from contracts.base import Relation
from services.portal.exports.held import file_of_held, why_held
from services.portal.exports.reading import whole_export
from services.portal.names.queries import names
from services.portal.office.queries import SIZE
from services.portal.web.route import pages
from services.portal.web.shown import shown_to
from services.portal.web.tables import Kind, file_of
from services.portal.web.visit import Visiting

router = pages()
_OFFICE = shown_to(Relation.OFFICE, note="final results for the national application; the local score never leaves")


@router.get("/pengelola/ekspor/{cycle_id}", **_OFFICE)
async def exports(cycle_id: UUID, visit: Visiting, lanjut: str = "") -> Response:
    """How many results there are, the files, and of the first results those that stay with the reason."""
    counted, page = await asyncio.gather(
        visit.ask.get("evaluation", f"/cycles/{cycle_id}/summary"),
        visit.ask.get("evaluation", f"/cycles/{cycle_id}/export", limit=SIZE, cursor=lanjut or None),
    )
    async with visit.copies() as session:
        people = await names(session, [one["servant_id"] for one in page["held"]])
    return visit.page(
        "exports/exports.html",
        visit.say("exports.title"),
        section="office",
        cycle_id=cycle_id,
        issued=sum(counted["predicates"].values()),
        held=[one | {"why": why_held(visit, one["reason"])} for one in page["held"]],
        people=people,
        following=page["next"],
    )


@router.get("/pengelola/ekspor/{cycle_id}/hasil.{kind}", **_OFFICE)
async def results_file(cycle_id: UUID, kind: Kind, visit: Visiting) -> Response:
    """One row for each part of each final result, in the columns of docs/export.md."""
    records, _ = await whole_export(visit, cycle_id)
    heads = list(records[0]) if records else ["nip", "nama"]
    return await file_of("hasil", heads, [[one[name] for name in heads] for one in records], kind)


@router.get("/pengelola/ekspor/{cycle_id}/tertahan.{kind}", **_OFFICE)
async def held_file(cycle_id: UUID, kind: Kind, visit: Visiting) -> Response:
    """Whose results stay here, and why: with the records together they are all results of the cycle."""
    _, held = await whole_export(visit, cycle_id)
    return await file_of_held(visit, held, kind)
