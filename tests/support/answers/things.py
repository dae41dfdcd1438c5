"""What the answers are about: ids, the cycle, the result, proof."""

from typing import Any
from uuid import UUID

from services.portal.papers.rules.parts import Person
from tests.support.papers.people import AUTHORITY, RATER, SERVANT

CYCLE, PLAN, APPRAISAL, RESULT, OBJECTION, VISIT, REPORT, UNIT, OTHER = (
    f"01950000-0000-7000-8000-{number:012d}" for number in range(1, 10)
)
WHO, BY, ABOVE, PANEL = (str(one.id) for one in (SERVANT, RATER, AUTHORITY, Person(id=UUID(OTHER), name="-")))
EVIDENCE = {
    "kind": "DOCUMENT",
    "title": "Rekap kunjungan",
    "reference": "445/117/2027",
    "count": None,
    "on": "2027-06-30",
}
CYCLE_ANSWER = {
    "id": CYCLE,
    "scope": "14.72",
    "name": "Siklus semester I 2027",
    "period_start": "2027-01-01",
    "period_end": "2027-06-30",
    "months": 6,
    "policy_version": 1,
    "calendar_version": 1,
    "state": "OPEN",
    "opened_at": "2026-12-01T01:00:00Z",
    "closed_at": None,
}
RESULT_ANSWER = {
    "id": RESULT,
    "appraisal_id": APPRAISAL,
    "cycle_id": CYCLE,
    "servant_id": WHO,
    "rater_id": BY,
    "authority_id": ABOVE,
    "version": 1,
    "result_rating": "BELOW",
    "behaviour_rating": "MEETS",
    "predicate": "NEEDS_IMPROVEMENT",
    "local_score": "88.40",
    "local_band": None,
    "criteria": {"target": "88.40"},
    "strengths": [],
    "areas": [],
    "competences": None,
    "issued_at": "2027-07-14T07:05:00Z",
    "issued_by": BY,
    "by_superior": False,
    "reason": None,
    "issue_note": "Perlu pendampingan.",
    "final_without_objection": False,
    "delivered_at": "2027-07-15T01:00:00Z",
    "received_at": "2027-07-20T07:05:00Z",
    "deemed": False,
    "receipt_note": None,
    "object_until": "2027-08-09T16:59:59Z",
    "finalised_at": None,
    "superseded_by": None,
}
OUTCOME = {
    name: RESULT_ANSWER[name] for name in ("result_rating", "behaviour_rating", "predicate", "local_score", "criteria")
}
BETTER = {"result_rating": "ABOVE", "predicate": "GOOD", "local_score": "103.00"}


def changed_result() -> dict[str, Any]:
    """The version that the objection made."""
    return RESULT_ANSWER | BETTER | {"id": OTHER, "version": 2, "issued_by": ABOVE}
