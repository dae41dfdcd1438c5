"""The cycle, its units and its criteria."""

from tests.support.answers.reading import Answers
from tests.support.answers.things import CYCLE, CYCLE_ANSWER, OTHER, UNIT

_CRITERION = {
    "code": "target",
    "label": {"id": "Capaian target", "en": "Achievement of targets"},
    "axis": "RESULT",
    "weight": "100",
    "measure": "INDICATORS",
    "parts": [],
    "locked": False,
    "descriptors": {},
    "source": "",
}
_UNITS = [
    {"unit_id": OTHER, "name": "Dinas Kesehatan", "members": 40, "performance": None},
    {"unit_id": UNIT, "name": "Puskesmas Dumai Kota", "members": 12, "performance": "GOOD"},
]


def cycles() -> Answers:
    whole = CYCLE_ANSWER | {"phase": None, "phases": [], "criteria": [_CRITERION], "members": 12, "appraisals": {}}
    return {
        ("evaluation", f"/cycles/{CYCLE}"): whole,
        ("evaluation", f"/cycles/{CYCLE}/units"): _UNITS,
        ("evaluation", "/cycles"): [CYCLE_ANSWER],
    }
