"""A plan that is set, and the report of one of its periods."""

from tests.support.answers.documents import listed_of
from tests.support.answers.reading import Answers
from tests.support.answers.things import ABOVE, APPRAISAL, BY, CYCLE, EVIDENCE, OTHER, PLAN, REPORT, UNIT, WHO

INDICATOR = {
    "id": OTHER,
    "aspect": "QUANTITY",
    "statement": "Jumlah kunjungan rumah",
    "unit": "kunjungan",
    "direction": "HIGHER_BETTER",
    "target_lo": "1200",
    "target_hi": "1250.5",
    "weight": "100",
    "source_of_data": "Rekap puskesmas",
    "max_attainable": False,
    "actual": "700",
    "reason": None,
    "evidence": [],
}
REACHED = INDICATOR | {"actual": "1320", "evidence": [EVIDENCE]}
_PERIOD = {
    "id": REPORT,
    "plan_id": PLAN,
    "period": 2,
    "final": False,
    "starts_on": "2027-04-01",
    "ends_on": "2027-06-30",
    "due_at": None,
    "state": "SUBMITTED",
    "revision": 1,
    "submitted_at": "2027-07-03T02:00:00Z",
    "submitted_by": WHO,
    "late": False,
    "drafted_at": None,
}
_SUPERIOR = {"id": OTHER, "statement": "Meningkatnya cakupan layanan"}
_WORK = {
    "id": UNIT,
    "kind": "PRIMARY",
    "statement": "Terlaksananya kunjungan rumah",
    "goal": "Kota sehat",
    "superior_result_id": OTHER,
    "report_every": "QUARTERLY",
    "evidence": "Rekap kunjungan",
    "indicators": [INDICATOR],
}
_PLAN = {
    "id": PLAN,
    "cycle_id": CYCLE,
    "servant_id": WHO,
    "appraisal_id": APPRAISAL,
    "rater_id": BY,
    "authority_id": ABOVE,
    "unit_id": UNIT,
    "state": "SET",
    "version": 4,
    "round": 1,
    "plan_version": 2,
    "proposed_at": "2027-01-20T03:00:00Z",
    "propose_late": False,
    "returned_reason": None,
    "remarks": [],
    "set_at": "2027-01-29T04:30:00Z",
    "set_by": BY,
    "by_superior": False,
    "late": False,
    "late_by_law": False,
    "results": [_WORK],
    "behaviours": [
        {
            "value": "COMPETENT",
            "name": "Kompeten",
            "guides": ["Meningkatkan kompetensi diri", "Membantu orang lain belajar", "Kualitas terbaik"],
            "expectation": "Menjadi rujukan",
        }
    ],
    "expectations": [],
    "resources": [{"kind": "BUDGET", "need": "Biaya perjalanan"}],
    "positive_consequences": ["Diusulkan menerima penghargaan"],
    "negative_consequences": ["Bimbingan kinerja"],
    "practices": [],
    "reports": [_PERIOD],
    "dialogues": [],
    "confirmations": [],
    "reviews": [],
    "community": [],
    "hints": [],
    "set_by_law_until": "2027-02-01",
}


def plans() -> Answers:
    listed = listed_of("plans", "PlanSummaryResponse", _PLAN)
    return {
        ("plans", f"/plans/{PLAN}"): _PLAN,
        ("plans", "/plans"): [listed],
        ("plans", f"/plans/{PLAN}/goals"): {"goals": ["Kota sehat"], "superior_results": [_SUPERIOR]},
        ("plans", f"/reports/{REPORT}"): _PERIOD | {"cycle_id": CYCLE, "servant_id": WHO, "indicators": [REACHED]},
    }
