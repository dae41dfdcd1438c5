"""The plan of a person as a form, from what plans answers."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from services.portal.papers.queries.reads import Json, People, Reads, of_cycle, people_of, proofs
from services.portal.papers.rules.parts import Head, Side, Signed
from services.portal.papers.rules.plans import (
    BehaviourOnPaper,
    IndicatorOnPaper,
    PlanPaper,
    ResourceOnPaper,
    ResultOnPaper,
)

LEADERS = "JPT_"
"""Kinds of positions whose results stand without those of a leader above begin so."""


async def plan_paper(reads: Reads, head: Head, plan_id: UUID) -> PlanPaper:
    """SKP of one plan; raises what plans refuses."""
    plan = await reads.get("plans", f"/plans/{plan_id}")
    people = await people_of(reads, plan["servant_id"], plan["rater_id"], plan["set_by"])
    servant = people.one(plan["servant_id"])
    return PlanPaper(
        head=await of_cycle(reads, head, plan["cycle_id"]),
        subject_id=plan["id"],
        servant_id=plan["servant_id"],
        cycle_id=plan["cycle_id"],
        servant=servant,
        rater=people.maybe(plan["rater_id"]),
        leads=servant.position_kind.startswith(LEADERS),
        version=plan["plan_version"],
        set_at=plan["set_at"],
        results=tuple(planned(plan["results"], await superiors(reads, plan))),
        behaviours=behaviours(plan),
        resources=tuple(ResourceOnPaper.model_validate(dict(one)) for one in plan["resources"]),
        positive=tuple(plan["positive_consequences"]),
        negative=tuple(plan["negative_consequences"]),
        signatures=_signed(plan, people),
    )


async def superiors(reads: Reads, plan: Json) -> Mapping[str, str]:
    """What the leader's results say, by id; whoever may read a plan may read those."""
    if not any(one["superior_result_id"] for one in plan["results"]):
        return {}
    found = await reads.get("plans", f"/plans/{plan['id']}/goals")
    return {one["id"]: one["statement"] for one in found["superior_results"]}


def planned(results: Iterable[Json], above: Mapping[str, str]) -> Iterable[ResultOnPaper]:
    """As they are expected: nothing of what was reached."""
    for one in results:
        indicators = tuple(_indicator(each, reached=False) for each in one["indicators"])
        yield ResultOnPaper(
            kind=one["kind"],
            superior=above.get(one["superior_result_id"] or "") or one["goal"],
            statement=one["statement"],
            report_every=one["report_every"],
            evidence=one["evidence"],
            indicators=indicators,
        )


def measured(results: Iterable[Json], above: Mapping[str, str], reached: Mapping[str, Json]) -> Iterable[ResultOnPaper]:
    """With what was reached, by the id of the indicator; an indicator that came later than a report has nothing in it."""
    for one, plan in zip(results, planned(results, above), strict=True):
        indicators = tuple(_indicator(reached.get(each["id"], each), reached=True) for each in one["indicators"])
        yield plan.model_copy(update={"indicators": indicators, "report_every": None, "evidence": ""})


def behaviours(plan: Json) -> tuple[BehaviourOnPaper, ...]:
    """All seven values."""
    return tuple(BehaviourOnPaper.model_validate(dict(one)) for one in plan["behaviours"])


def _indicator(given: Json, *, reached: bool) -> IndicatorOnPaper:
    known: dict[str, Any] = {name: one for name, one in given.items() if name not in {"evidence", "actual", "reason"}}
    if not reached:
        return IndicatorOnPaper.model_validate(known)
    known |= {"actual": given["actual"], "reason": given["reason"], "evidence": proofs(given["evidence"])}
    return IndicatorOnPaper.model_validate(known)


def _signed(plan: Json, people: People) -> tuple[Signed, ...]:
    """By proposing it the servant signs, by setting it the rater, or who set it in the rater's place."""
    mine = Signed(side=Side.SERVANT, person=people.one(plan["servant_id"]), at=plan["proposed_at"])
    setter = plan["set_by"] or plan["rater_id"]
    if setter is None:
        return (mine,)
    side = Side.RATER if setter == plan["rater_id"] else Side.AUTHORITY if plan["by_superior"] else Side.CLERK
    return mine, Signed(side=side, person=people.one(setter), at=plan["set_at"])
