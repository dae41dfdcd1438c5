"""The decision of an objection as a form, from the document that feedback answers."""

from collections.abc import Mapping
from uuid import UUID

from contracts.base import Words
from services.portal.papers.queries.evaluations import by_three
from services.portal.papers.queries.reads import Json, Reads, proofs
from services.portal.papers.rules.evaluations import (
    DecidedOnPaper,
    ObjectionPaper,
    OutcomeOnPaper,
    SetAnew,
    StatementOnPaper,
)
from services.portal.papers.rules.parts import Head, Person


async def objection_paper(reads: Reads, head: Head, objection_id: UUID) -> ObjectionPaper:
    """Of a decided objection; raises what feedback refuses, also while it is not decided."""
    found = await reads.get("feedback", f"/objections/{objection_id}/document")
    dates = {"period_start": found["period_start"], "period_end": found["period_end"]}
    decision, changed = found["decision"], found["changed"]
    names = await _names(reads, found)
    return ObjectionPaper(
        head=Head.model_validate(head.model_dump() | dates | {"cycle": found["cycle"]}),
        subject_id=found["objection_id"],
        servant_id=found["servant"]["id"],
        cycle_id=found["cycle_id"],
        servant=Person.model_validate(found["servant"]),
        rater=Person.model_validate(found["rater"]),
        authority=Person.model_validate(found["authority"]),
        contested=OutcomeOnPaper.model_validate(found["contested"]),
        changed=None if changed is None else OutcomeOnPaper.model_validate(changed),
        filed_at=found["filed_at"],
        grounds=found["grounds"],
        items=tuple(found["contested_items"]),
        evidence=proofs(found["evidence"]),
        by_servant=_said(found["servant_explained"]),
        by_rater=_said(found["rater_explained"]),
        outcome=decision["outcome"],
        reason=decision["reason"],
        decided=tuple(DecidedOnPaper.model_validate(one) for one in decision["items"]),
        scores=tuple(_anew(one, names) for one in decision["scores"]),
        decided_at=found["decided_at"],
        signatures=by_three(found),
    )


def _said(statement: Json | None) -> StatementOnPaper:
    return StatementOnPaper(text=None) if statement is None else StatementOnPaper.model_validate(dict(statement))


def _anew(change: Json, names: Mapping[str, Words]) -> SetAnew:
    about = change["criterion"] or change["indicator"]
    value = change["actual"] if change["score"] is None else change["score"]
    return SetAnew(about=names.get(about) or Words(id=about, en=about), value=value)


async def _names(reads: Reads, document: Json) -> Mapping[str, Words]:
    """What criteria and indicators are called that the decision set anew."""
    named: dict[str, Words] = {}
    scores = document["decision"]["scores"]
    if any(one["criterion"] for one in scores):
        cycle = await reads.get("evaluation", f"/cycles/{document['cycle_id']}")
        named |= {one["code"]: Words.model_validate(one["label"]) for one in cycle["criteria"]}
    if any(one["indicator"] for one in scores):
        named |= await _indicators(reads, document)
    return named


async def _indicators(reads: Reads, document: Json) -> Mapping[str, Words]:
    query = {"cycle_id": document["cycle_id"], "servant_id": document["servant"]["id"]}
    plans = [await reads.get("plans", f"/plans/{one['id']}") for one in await reads.every("plans", "/plans", **query)]
    every = (each for plan in plans for one in plan["results"] for each in one["indicators"])
    return {each["id"]: Words(id=each["statement"], en=each["statement"]) for each in every}
