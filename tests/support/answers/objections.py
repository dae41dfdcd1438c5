"""An objection that changed a result, and the report upward that tells it."""

from tests.support.answers.reading import Answers
from tests.support.answers.things import (
    ABOVE,
    APPRAISAL,
    BETTER,
    BY,
    CYCLE,
    CYCLE_ANSWER,
    EVIDENCE,
    OBJECTION,
    OTHER,
    OUTCOME,
    REPORT,
    RESULT,
    WHO,
)
from tests.support.papers.people import AUTHORITY, RATER, SERVANT

_PERSON = {"id", "name", "nip", "position", "grade", "unit"}
_PARTIES = {"servant": SERVANT, "rater": RATER, "authority": AUTHORITY}
_NAMED = {side: one.model_dump(mode="json", include=_PERSON) for side, one in _PARTIES.items()}
_STATEMENT = {"side": "RATER", "by_id": BY, "text": "Laporan terlambat diterima.", "at": "2027-07-28T07:05:00Z"}
_DECISION = {
    "outcome": "AMENDED",
    "reason": "Laporan disampaikan tepat waktu.",
    "result_rating": "ABOVE",
    "behaviour_rating": "MEETS",
    "items": [{"item": "Hasil kerja 1", "amended": True, "reason": "Dihitung kembali."}],
    "scores": [
        {"criterion": "target", "score": "103.00", "indicator": None, "actual": None},
        {"criterion": None, "score": None, "indicator": OTHER, "actual": "1320"},
    ],
}
_DECIDED = {
    "form": "D.1.3",
    "objection_id": OBJECTION,
    "cycle_id": CYCLE,
    "cycle": CYCLE_ANSWER["name"],
    "period_start": CYCLE_ANSWER["period_start"],
    "period_end": CYCLE_ANSWER["period_end"],
    **_NAMED,
    "contested": {"result_id": RESULT, "version": 1} | OUTCOME,
    "filed_at": "2027-07-26T07:05:00Z",
    "grounds": "Realisasi Mei dan Juni belum dihitung.",
    "contested_items": ["Hasil kerja 1"],
    "evidence": [EVIDENCE],
    "servant_explained": None,
    "rater_explained": _STATEMENT,
    "decided_at": "2027-08-03T07:05:00Z",
    "decision": _DECISION,
    "changed": {"result_id": OTHER, "version": 2} | OUTCOME | BETTER,
    "signatures": [
        {"side": "SERVANT", "person": _NAMED["servant"], "signed_at": "2027-07-26T07:05:00Z"},
        {"side": "RATER", "person": _NAMED["rater"], "signed_at": "2027-07-28T07:05:00Z"},
        {"side": "AUTHORITY", "person": _NAMED["authority"], "signed_at": "2027-08-03T07:05:00Z"},
    ],
}
_OBJECTION = {
    "id": OBJECTION,
    "result_id": RESULT,
    "appraisal_id": APPRAISAL,
    "cycle_id": CYCLE,
    "servant_id": WHO,
    "rater_id": BY,
    "authority_id": ABOVE,
    "state": "AMENDED",
    "filed_at": "2027-07-26T07:05:00Z",
    "statements_by": "2027-07-30T16:59:59Z",
    "decide_by": "2027-08-04T16:59:59Z",
    "decided_at": "2027-08-03T07:05:00Z",
    "outcome": "AMENDED",
    "escalated_at": None,
}


def objections() -> Answers:
    another = _OBJECTION | {"id": OTHER, "appraisal_id": OTHER}
    return {
        ("feedback", f"/objections/{OBJECTION}/document"): _DECIDED,
        ("feedback", "/objections"): [another, _OBJECTION],
    }


_UPWARD = {
    "id": REPORT,
    "cycle_id": CYCLE,
    "recipient": "Pejabat yang Berwenang",
    "note": "",
    "issued": 11,
    "final": 9,
    "missing": 2,
    "missing_states": {"PROVISIONAL": 1, "OPEN": 1},
    "missing_reason": "Cuti panjang",
    "predicates": {"GOOD": 10, "POOR": 1},
    "changes": [
        {
            "objection_id": OBJECTION,
            "result_id": OTHER,
            "version": 2,
            "predicate": "GOOD",
            "document": f"/v1/objections/{OBJECTION}/document",
        }
    ],
    "reported_by": ABOVE,
    "reported_at": "2027-07-30T07:05:00Z",
}


def reports() -> Answers:
    return {("evaluation", f"/cycles/{CYCLE}/upward-reports"): [_UPWARD | {"id": OTHER, "changes": []}, _UPWARD]}
