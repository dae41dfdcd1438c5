"""A visit whose head has answered."""

from tests.support.answers.reading import Answers
from tests.support.answers.things import ABOVE, APPRAISAL, BY, CYCLE, EVIDENCE, OTHER, UNIT, VISIT, WHO

_ASKED = {"id": "Alur pendaftaran terpasang", "en": "The way to register is shown"}
_FINDING = {"number": 1, "what": "Antre 52 menit", "how": "Tambah loket", "evidence": [EVIDENCE]}
_VISITED = {
    "id": VISIT,
    "cycle_id": CYCLE,
    "unit_id": UNIT,
    "lead_id": ABOVE,
    "panel": [ABOVE, OTHER],
    "scheduled_for": "2027-04-20T02:00:00Z",
    "visit_on": "2027-04-20",
    "held_on": "2027-04-21",
    "state": "REPORTED",
    "response_state": "ANSWERED",
    "asked": [{"code": "flow", "label": _ASKED, "kind": "YES_NO", "required": True}],
    "checklist": {"flow": False},
    "findings": [_FINDING],
    "respondent_id": BY,
    "response": [{"number": 1, "stance": "EXPLAIN", "text": "Satu petugas cuti.", "action": "Loket kedua"}],
    "response_note": "Terima kasih.",
    "responded_by": BY,
    "responded_at": "2027-04-27T07:05:00Z",
    "members": [{"appraisal_id": APPRAISAL, "servant_id": WHO, "state": "OPEN"}],
    "codes": ["effectiveness"],
}


def visits() -> Answers:
    return {("evaluation", f"/visits/{VISIT}"): _VISITED}
