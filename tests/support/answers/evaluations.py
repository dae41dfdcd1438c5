"""An appraisal with its periods, its results, and what was said about the person."""

from typing import Any

from tests.support.answers.reading import Answers
from tests.support.answers.things import (
    ABOVE,
    APPRAISAL,
    BY,
    CYCLE,
    OTHER,
    RESULT,
    RESULT_ANSWER,
    UNIT,
    WHO,
    changed_result,
)

_APPRAISAL = {
    "id": APPRAISAL,
    "cycle_id": CYCLE,
    "servant_id": WHO,
    "unit_id": UNIT,
    "rater_id": BY,
    "authority_id": ABOVE,
    "is_head": False,
    "state": "FINAL",
    "final_actuals": True,
    "innovation_recognised": False,
    "clarification_open": False,
    "objection_open": False,
    "clarify_until": None,
    "result_rating": "ABOVE",
    "behaviour_rating": "MEETS",
    "predicate": "GOOD",
    "local_score": "103.00",
    "local_band": None,
    "criteria": None,
    "strengths": None,
    "areas": None,
    "dropped": None,
    "assessments": [],
    "taken_over": [
        {
            "id": OTHER,
            "leader_id": BY,
            "result": "Profil puskesmas",
            "note": "Perubahan penugasan",
            "told_at": "2027-05-01T01:00:00Z",
        }
    ],
}
_SAID: dict[str, Any] = {
    "id": OTHER,
    "cycle_id": CYCLE,
    "about_id": WHO,
    "author_id": BY,
    "direction": "DOWN",
    "what": "Kunjungan tepat waktu",
    "how": "Lengkapi catatan",
    "strengths": [],
    "areas": [],
    "evidence": [],
    "visibility": "LINE",
    "occasion": "REGULAR",
    "channel": "DIRECT",
    "concern": "",
    "activity_id": None,
    "given_at": "2027-05-02T01:00:00Z",
    "answer": None,
    "answered_at": None,
}
_FIRST = {"number": 1, "starts_on": "2027-01-01", "ends_on": "2027-03-31", "due_at": "2027-04-15T16:59:59Z"}
_SECOND = {"number": 2, "starts_on": "2027-04-01", "ends_on": "2027-06-30", "due_at": "2027-07-15T16:59:59Z"}


def evaluations() -> Answers:
    rated = {"result_rating": "ABOVE", "behaviour_rating": "MEETS", "predicate": "GOOD", "note": "Pertahankan."}
    nothing = dict.fromkeys(rated)
    by = {"as_before": False, "evaluated_by": ABOVE, "evaluated_at": "2027-07-12T07:05:00Z"}
    why = {"policy_version": 1, "competences": [], "trace": [], "sentences": []}
    words = {"strengths": [{"id": "Kunjungan rumah", "en": "Visits"}], "areas": [{"id": "Catatan", "en": "The log"}]}
    private = _SAID | {"what": "Hanya untuk Siti", "visibility": "ABOUT"}
    peer = _SAID | {"what": "Dari rekan", "direction": "PEER"}
    return {
        ("evaluation", f"/appraisals/{APPRAISAL}"): _APPRAISAL,
        ("evaluation", f"/appraisals/{APPRAISAL}/periods"): [
            _FIRST | nothing | {"as_before": False, "evaluated_by": None, "evaluated_at": None},
            _SECOND | rated | by,
        ],
        ("evaluation", f"/results/{RESULT}"): RESULT_ANSWER,
        ("evaluation", f"/results/{OTHER}"): changed_result(),
        ("evaluation", f"/results/{RESULT}/explanation"): why | words | {"result_id": RESULT, "version": 1},
        ("evaluation", f"/results/{OTHER}/explanation"): why | words | {"result_id": OTHER, "version": 2},
        ("feedback", "/feedback"): [private, peer, _SAID],
    }
