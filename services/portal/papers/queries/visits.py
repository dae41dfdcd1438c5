"""The report of a field visit as a form, from what evaluation answers."""

from collections.abc import Mapping
from uuid import UUID

from contracts.base import Words
from services.portal.papers.queries.reads import Json, People, Reads, of_cycle, people_of, proofs
from services.portal.papers.rules.parts import Head, Side, Signed
from services.portal.papers.rules.visits import CheckedOnPaper, FindingOnPaper, VisitPaper


async def visit_paper(reads: Reads, head: Head, visit_id: UUID) -> VisitPaper:
    """Panel, checklist, findings and the answer, as far as whoever reads may know."""
    visit = await reads.get("evaluation", f"/visits/{visit_id}")
    units = await reads.every("evaluation", f"/cycles/{visit['cycle_id']}/units")
    unit = next((one["name"] for one in units if one["unit_id"] == visit["unit_id"]), None)
    members = [one["servant_id"] for one in visit["members"]]
    people = await people_of(
        reads, visit["lead_id"], *visit["panel"], visit["respondent_id"], visit["responded_by"], *members
    )
    replies = {one["number"]: one for one in visit["response"] or []}
    return VisitPaper(
        head=await of_cycle(reads, head, visit["cycle_id"]),
        subject_id=visit["id"],
        cycle_id=visit["cycle_id"],
        unit=unit or visit["unit_id"],
        planned_for=visit["visit_on"],
        held_on=visit["held_on"],
        lead=people.one(visit["lead_id"]),
        panel=tuple(people.one(one) for one in visit["panel"] if one != visit["lead_id"]),
        people=tuple(sorted(map(people.one, members), key=lambda one: (one.name, one.nip))),
        checklist=tuple(_checked(one, visit["checklist"] or {}) for one in visit["asked"]),
        findings=tuple(_finding(one, replies.get(one["number"])) for one in visit["findings"] or []),
        respondent=people.maybe(visit["responded_by"] or visit["respondent_id"]),
        response_note=visit["response_note"],
        responded_at=visit["responded_at"],
        signatures=_signed(visit, people),
    )


def _checked(item: Json, answers: Mapping[str, bool | str]) -> CheckedOnPaper:
    return CheckedOnPaper(label=Words.model_validate(item["label"]), answer=answers.get(item["code"]))


def _finding(found: Json, reply: Json | None) -> FindingOnPaper:
    said = {} if reply is None else {"stance": reply["stance"], "reply": reply["text"], "action": reply["action"]}
    seen = {name: found[name] for name in ("number", "what", "how")}
    return FindingOnPaper.model_validate(seen | said | {"evidence": proofs(found["evidence"])})


def _signed(visit: Json, people: People) -> tuple[Signed, ...]:
    """Whoever leads the panel reports, and by that stands for it, on the day of the visit."""
    panel = Signed(side=Side.PANEL, person=people.one(visit["lead_id"]), at=visit["held_on"])
    answered = visit["responded_by"] or visit["respondent_id"]
    if answered is None:
        return (panel,)
    return panel, Signed(side=Side.OBSERVED, person=people.one(answered), at=visit["responded_at"])
