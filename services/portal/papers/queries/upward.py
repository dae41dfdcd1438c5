"""The report upward as a form, from what evaluation answers of it."""

from collections.abc import Sequence
from uuid import UUID

from contracts.base import Predicate
from kit.errors import NotFound
from services.portal.papers.queries.reads import Json, People, Reads, of_cycle, people_of
from services.portal.papers.rules.parts import Head, Person, Side, Signed
from services.portal.papers.rules.terms import TERMS, UNSIGNED, named
from services.portal.papers.rules.upward import ChangeOnPaper, CountOnPaper, UpwardPaper


async def upward_paper(reads: Reads, head: Head, cycle_id: UUID, report_id: UUID) -> UpwardPaper:
    """One report of a cycle, as it was made; raises NotFound for one that is not among them."""
    every = await reads.every("evaluation", f"/cycles/{cycle_id}/upward-reports")
    report = next((one for one in every if one["id"] == str(report_id)), None)
    if report is None:
        raise NotFound(f"no report {report_id} in this cycle", f"laporan {report_id} tidak ada dalam siklus ini")
    whole = await of_cycle(reads, head, cycle_id)
    objecting = await _objecting(reads, report)
    people = await people_of(reads, report["reported_by"], *objecting.values())
    numbers = {name: report[name] for name in ("issued", "final", "missing", "missing_reason", "reported_at")}
    return UpwardPaper(
        head=whole,
        subject_id=report_id,
        cycle_id=cycle_id,
        about=whole.cycle,
        recipient=report["recipient"],
        predicates=tuple(_counted(report)),
        missing_states=tuple(_unsigned(report)),
        changes=tuple(_change(one, objecting, people) for one in report["changes"]),
        note=report["note"] or None,
        signatures=(Signed(side=Side.OFFICE, person=people.one(report["reported_by"]), at=report["reported_at"]),),
        **numbers,
    )


async def _objecting(reads: Reads, report: Json) -> dict[str, str]:
    """Who objected, by objection: a change names none but the objection."""
    if not report["changes"]:
        return {}
    found = await reads.every("feedback", "/objections", cycle_id=report["cycle_id"], state="AMENDED")
    told = {one["objection_id"] for one in report["changes"]}
    return {one["id"]: one["servant_id"] for one in found if one["id"] in told}


def _counted(report: Json) -> Sequence[CountOnPaper]:
    words = TERMS[Predicate]
    return [CountOnPaper(name=words[one.value], count=report["predicates"].get(one.value, 0)) for one in Predicate]


def _unsigned(report: Json) -> Sequence[CountOnPaper]:
    return [CountOnPaper(name=named(one, UNSIGNED), count=n) for one, n in sorted(report["missing_states"].items())]


def _change(change: Json, objecting: dict[str, str], people: People) -> ChangeOnPaper:
    told = {name: change[name] for name in ("version", "predicate", "objection_id")}
    person = people.maybe(objecting.get(change["objection_id"]))
    return ChangeOnPaper.model_validate(told | {"person": person or Person(name="")})
