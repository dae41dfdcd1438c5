"""The desk: the cycle at a glance, people, and who is late."""

import asyncio
from typing import Any
from uuid import UUID

from fastapi import HTTPException, Response

from contracts.base import Relation
from services.portal.city.views import figures, owed
from services.portal.cycles.queries import chosen
from services.portal.duties.names import duty_name
from services.portal.names.queries import names as people_names
from services.portal.office.queries import SIZE, cycles, find, owed_by
from services.portal.standings.queries import Rows, Wanted, standings
from services.portal.web import names
from services.portal.web.numbers import page_number
from services.portal.web.route import pages
from services.portal.web.shown import shown_to
from services.portal.web.tables import Kind, file_of
from services.portal.web.visit import Visit, Visiting

router = pages()
_OFFICE = shown_to(Relation.OFFICE)
_ALL = 100_000


@router.get("/pengelola", **_OFFICE)
async def desk(visit: Visiting, siklus: str = "") -> Response:
    """The newest cycle that is open, or the one that is named: where it stands and who owes what."""
    async with visit.copies() as session:
        known = await cycles(session)
    cycle = chosen(known, siklus)
    title = visit.say("office.title")
    if cycle is None:
        return visit.page("office/desk.html", title, section="office", cycle=None)
    standing, counted, board, owing = await asyncio.gather(
        visit.ask.get("evaluation", f"/cycles/{cycle.id}/standing"),
        visit.ask.get("evaluation", f"/cycles/{cycle.id}/summary"),
        visit.ask.get("plans", f"/cycles/{cycle.id}/board"),
        visit.ask.get("notify", f"/cycles/{cycle.id}/owed", people=0),
    )
    return visit.page(
        "office/desk.html",
        title,
        section="office",
        cycle=cycle,
        others=[one for one in known if one.id != cycle.id],
        standing=standing,
        state=names.named(visit.language, "cycle", standing["state"]),
        phase=names.phase(visit.language, standing["phase"]),
        coming=names.phase(visit.language, standing["next_phase"]),
        figures=figures(visit, counted, board),
        predicates=names.predicates(visit.language, counted["predicates"]),
        most=max(counted["predicates"].values(), default=0),
        owed=owed(owing),
    )


@router.get("/pengelola/orang", **_OFFICE)
async def search(visit: Visiting, q: str = "", halaman: str = "1") -> Response:
    """By a part of the name, or by how the NIP begins; the only one who is found is shown at once.

    Past the last page there is the last one.
    """
    typed, number = q.strip()[:100], page_number(halaman)
    async with visit.copies() as session:
        found, total = await find(session, typed, page=number)
    if total == 1 and number == 1:
        return visit.go(f"/pengelola/orang/{found[0].id}")
    if total and not found:
        return visit.go("/pengelola/orang", q=typed, halaman=str(-(-total // SIZE)))
    title = visit.say("office.search")
    shown: dict[str, Any] = {"typed": typed, "found": found, "total": total, "number": number}
    return visit.page("office/people.html", title, section="office", more=number * SIZE < total, **shown)


@router.get("/pengelola/orang/{person_id}", **_OFFICE)
async def person(person_id: UUID, visit: Visiting, selesai: str = "") -> Response:
    """Everything about one person on a page; what the office may not read of it is left out."""
    who = str(person_id)
    about, raters, changes, plans, results = await asyncio.gather(
        visit.ask.get("registry", f"/servants/{who}"),
        visit.ask.every("registry", f"/servants/{who}/raters"),
        visit.ask.every("registry", f"/servants/{who}/changes"),
        visit.ask.every("plans", "/plans", servant_id=who),
        visit.ask.every("evaluation", "/results", servant_id=who),
    )
    async with visit.copies() as session:
        duties = await owed_by(session, person_id)
        called = await people_names(session, [one["rater_id"] for one in raters])
        all_cycles = await cycles(session)
    return visit.page(
        "office/person.html",
        about["name"],
        section="office",
        about=about,
        raters=raters,
        changes=changes,
        plans=plans,
        results=[one | {"called": names.named(visit.language, "predicate", one["predicate"])} for one in results],
        duties=[
            {"name": duty_name(visit.language, one.kind), "due_at": one.due_at, "late": one.late} for one in duties
        ],
        called=called,
        known={str(one.id): one.name for one in all_cycles},
        open_cycles=[one for one in all_cycles if not one.closed],
        done=selesai == "ya",
    )


@router.get("/pengelola/terlambat/{cycle_id}", **_OFFICE)
async def late(cycle_id: UUID, visit: Visiting, unit: str = "", halaman: str = "1") -> Response:
    """Who owes something whose due date is past, by unit."""
    number = page_number(halaman)
    found = await _late(visit, cycle_id, unit, page=number, size=SIZE)
    rows = [{"row": one, "duty": duty_name(visit.language, one.duty)} for one in found.rows if one.duty]
    return visit.page(
        "office/late.html",
        visit.say("office.late"),
        section="office",
        cycle_id=cycle_id,
        unit=unit,
        rows=rows,
        total=found.total,
        number=number,
        more=number * SIZE < found.total,
    )


@router.get("/pengelola/terlambat/{cycle_id}/berkas.{kind}", **_OFFICE)
async def late_file(cycle_id: UUID, kind: Kind, visit: Visiting, unit: str = "") -> Response:
    """The same as a file in which nothing is computed."""
    found = await _late(visit, cycle_id, unit, page=1, size=_ALL)
    heads = [visit.say(f"office.{one}") for one in ("unit", "name", "nip", "rater", "owes", "due_at")]
    rows = [
        [one.unit, one.name, one.nip, one.rater, duty_name(visit.language, one.duty), one.due_at.isoformat()]
        for one in found.rows
        if one.duty and one.due_at
    ]
    return await file_of("terlambat", heads, rows, kind)


async def _late(visit: Visit, cycle_id: UUID, unit: str, *, page: int, size: int) -> Rows:
    """Raises HTTPException for what is no unit's id."""
    try:
        unit_id = UUID(unit) if unit else None
    except ValueError:
        raise HTTPException(404) from None
    async with visit.copies() as session:
        wanted = Wanted(cycle_id, unit_id=unit_id, late=True, sort="unit")
        return await standings(session, wanted, page=page, size=size)
