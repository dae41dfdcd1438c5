"""Evaluations as forms: of a period, of the cycle, and the document of a result, from what the services answer."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from contracts.base import OrgPerformance, Words
from kit.errors import NotFound
from services.portal.papers.queries.plans import behaviours, measured, superiors
from services.portal.papers.queries.reads import Json, Reads, of_cycle, people_of
from services.portal.papers.rules.evaluations import EvaluationPaper, ObjectionOnPaper, OutcomeOnPaper, ResultPaper
from services.portal.papers.rules.parts import Head, Person, Side, Signed
from services.portal.upstream.refusals import Refusal

FORBIDDEN = 403
_NO_PERIOD = ("there is no such period in this cycle", "tidak ada periode itu pada siklus ini")


async def evaluation_paper(reads: Reads, head: Head, plan_id: UUID, period: int | None = None) -> EvaluationPaper:
    """Form B of one period by its number, or of the whole cycle; raises NotFound for a number that there is not."""
    plan = await reads.get("plans", f"/plans/{plan_id}")
    appraisal = await reads.get("evaluation", f"/appraisals/{plan['appraisal_id']}")
    head = await of_cycle(reads, head, plan["cycle_id"])
    rated = _whole(appraisal, head) if period is None else await _of_period(reads, plan["appraisal_id"], period)
    rater_id = rated.pop("rater_id") or appraisal["rater_id"]
    people = await people_of(reads, plan["servant_id"], rater_id)
    rater = people.maybe(rater_id)
    reached = await _reached(reads, plan, period)
    return EvaluationPaper(
        head=head,
        subject_id=plan["appraisal_id"],
        servant_id=plan["servant_id"],
        cycle_id=plan["cycle_id"],
        servant=people.one(plan["servant_id"]),
        rater=rater,
        period=period,
        organisation=await achievement(reads, plan["cycle_id"], rater),
        results=tuple(measured(plan["results"], await superiors(reads, plan), reached)),
        results_feedback=await _feedback(reads, plan),
        behaviours=behaviours(plan),
        signatures=() if rater is None else (Signed(side=Side.RATER, person=rater, at=rated.pop("evaluated_at")),),
        **{name: one for name, one in rated.items() if name != "evaluated_at"},
    )


def _whole(appraisal: Json, head: Head) -> dict[str, Any]:
    rated = {name: appraisal[name] for name in ("result_rating", "behaviour_rating", "predicate")}
    dates = {"starts_on": head.period_start, "ends_on": head.period_end}
    return rated | dates | {"rater_id": None, "evaluated_at": None}


async def _of_period(reads: Reads, appraisal_id: str, period: int) -> dict[str, Any]:
    found = await reads.every("evaluation", f"/appraisals/{appraisal_id}/periods")
    one = next((each for each in found if each["number"] == period), None)
    if one is None:
        raise NotFound(*_NO_PERIOD)
    names = ("starts_on", "ends_on", "result_rating", "behaviour_rating", "predicate", "note", "as_before")
    signed = {"rater_id": one["evaluated_by"], "evaluated_at": one["evaluated_at"]}
    return {name: one[name] for name in names} | signed


async def _reached(reads: Reads, plan: Json, period: int | None) -> Mapping[str, Json]:
    """By indicator: of the period's report; of the whole cycle the plan itself says the newest."""
    reports = [one["id"] for one in plan["reports"] if one["period"] == period]
    if not reports:
        return {}
    report = await reads.get("plans", f"/reports/{reports[0]}")
    return {one["id"]: one for one in report["indicators"]}


async def _feedback(reads: Reads, plan: Json) -> tuple[str, ...]:
    """The leader's, which the whole line may read: what is for the person alone stands on no form.

    Whoever holds the obligation of a rater may evaluate without reading what the rater said before.
    """
    query = {"cycle_id": plan["cycle_id"], "about_id": plan["servant_id"]}
    try:
        found = await reads.every("feedback", "/feedback", **query)
    except Refusal as refusal:
        if refusal.status != FORBIDDEN:
            raise
        return ()
    told = [one for one in found if one["direction"] == "DOWN" and one["visibility"] == "LINE"]
    return tuple(f"{one['what']}\n{one['how']}" for one in told)


async def achievement(reads: Reads, cycle_id: str, rater: Person | None) -> OrgPerformance | None:
    """Of the unit that the rater leads (art. 24); None while it is not set."""
    if rater is None or rater.unit_id is None:
        return None
    units = await reads.every("evaluation", f"/cycles/{cycle_id}/units")
    mine = next((one["performance"] for one in units if one["unit_id"] == str(rater.unit_id)), None)
    return None if mine is None else OrgPerformance(mine)


async def result_paper(reads: Reads, head: Head, result_id: UUID) -> ResultPaper:
    """Form D.1.1, D.1.2 where the rater's superior evaluated, or D.1.3 where a decision on an objection made it."""
    result = await reads.get("evaluation", f"/results/{result_id}")
    why = await reads.get("evaluation", f"/results/{result_id}/explanation")
    appraisal = await reads.get("evaluation", f"/appraisals/{result['appraisal_id']}")
    decided = await _decided(reads, result)
    people = await people_of(
        reads, result["servant_id"], result["rater_id"], result["authority_id"], result["issued_by"]
    )
    rater = people.one(result["rater_id"])
    issuer = people.one(result["issued_by"])
    said = {name: result[name] for name in ("by_superior", "issued_at", "received_at", "receipt_note")}
    return ResultPaper(
        head=await of_cycle(reads, head, result["cycle_id"]),
        subject_id=result["id"],
        servant_id=result["servant_id"],
        cycle_id=result["cycle_id"],
        servant=people.one(result["servant_id"]),
        rater=rater,
        authority=people.maybe(result["authority_id"]),
        organisation=await achievement(reads, result["cycle_id"], rater),
        outcome=OutcomeOnPaper.model_validate(dict(result)),
        former=None if decided is None else OutcomeOnPaper.model_validate(decided["contested"]),
        strengths=_words(why["strengths"]),
        areas=_words(why["areas"]),
        note=result["issue_note"],
        taken_over=tuple(f"{one['result']}: {one['note']}" for one in appraisal["taken_over"]),
        deemed=bool(result["deemed"]),
        final_at=result["finalised_at"],
        objection=None if decided is None else _objection(decided),
        signatures=_by_two(result, issuer, people.one(result["servant_id"])) if decided is None else by_three(decided),
        **said,
    )


def _words(given: list[Json]) -> tuple[Words, ...]:
    return tuple(Words.model_validate(dict(one)) for one in given)


def _by_two(result: Json, issuer: Person, servant: Person) -> tuple[Signed, ...]:
    """Nobody signs by silence: what counts as received has no signature of the one who did not open it."""
    mine = Signed(side=Side.SERVANT, person=servant, at=None if result["deemed"] else result["received_at"])
    side = Side.RATER if issuer.id == UUID(result["rater_id"]) else Side.CLERK
    return mine, Signed(side=Side.AUTHORITY if result["by_superior"] else side, person=issuer, at=result["issued_at"])


def by_three(document: Json) -> tuple[Signed, ...]:
    """The three signatures of a decided objection (L V.B.7)."""
    return tuple(
        Signed(side=one["side"], person=Person.model_validate(one["person"]), at=one["signed_at"])
        for one in document["signatures"]
    )


async def _decided(reads: Reads, result: Json) -> Json | None:
    """The document of the objection that made this version, if one did."""
    if result["version"] == 1:
        return None
    about = {"cycle_id": result["cycle_id"], "servant_id": result["servant_id"], "state": "AMENDED"}
    found = await reads.every("feedback", "/objections", **about)
    for one in (one for one in found if one["appraisal_id"] == result["appraisal_id"]):
        document: Json = await reads.get("feedback", f"/objections/{one['id']}/document")
        if document["changed"] is not None and document["changed"]["result_id"] == result["id"]:
            return document
    return None


def _objection(document: Json) -> ObjectionOnPaper:
    explained = document["rater_explained"]
    return ObjectionOnPaper(
        filed_at=document["filed_at"],
        grounds=document["grounds"],
        items=tuple(document["contested_items"]),
        explained=None if explained is None else explained["text"],
        explained_at=None if explained is None else explained["at"],
        outcome=document["decision"]["outcome"],
        reason=document["decision"]["reason"],
        decided_at=document["decided_at"],
    )
