"""What is kept about a person, and who looked at it."""

from tests.support.answers.reading import Answers
from tests.support.answers.things import ABOVE, BY, CYCLE, CYCLE_ANSWER, OTHER, UNIT, WHO
from tests.support.papers.people import AUTHORITY, SERVANT

_PROFILED = {
    "cycle_id": CYCLE,
    "cycle": CYCLE_ANSWER["name"],
    "period_start": CYCLE_ANSWER["period_start"],
    "period_end": CYCLE_ANSWER["period_end"],
    "result_id": OTHER,
    "version": 2,
    "result_rating": "ABOVE",
    "behaviour_rating": "MEETS",
    "predicate": "GOOD",
    "local_score": "103.00",
    "local_band": None,
    "final": True,
    "none_stands_out": False,
    "criteria": [],
    "competences": [],
}
_PROFILE = {
    "servant_id": WHO,
    "name": SERVANT.name,
    "position": SERVANT.position,
    "results": [_PROFILED],
    "lasting_strengths": [{"id": "Komunikasi", "en": "Communication"}],
    "lasting_areas": [],
    "improved": [],
    "declined": [],
}
_ENTRY = {"id": OTHER, "record": "OBJECTION", "cycle_id": CYCLE, "at": "2027-08-03T07:05:00Z", "by_id": ABOVE}
_ASSISTED = {"id": UNIT, "record": "ASSISTED_ENTRY", "cycle_id": None, "at": "2027-02-03T07:05:00Z", "by_id": BY}
_LOOKED = {
    "looked_on": "2027-08-04",
    "reader_id": ABOVE,
    "reader_name": AUTHORITY.name,
    "role": "AUTHORITY",
    "record": "RESULT",
    "whole_list": False,
    "cycle_id": CYCLE,
    "times": 3,
    "last_at": "2027-08-04T09:00:00Z",
}


def records() -> Answers:
    return {
        ("evaluation", f"/servants/{WHO}/profile"): _PROFILE,
        ("feedback", "/file"): [_ENTRY | {"state": "AMENDED"}, _ASSISTED | {"state": "POST /v1/plans"}],
        ("registry", "/lookups"): [],
        ("plans", "/lookups"): [_LOOKED | {"looked_on": "2027-03-01", "record": "PLAN"}],
        ("evaluation", "/lookups"): [_LOOKED],
        ("feedback", "/file/lookups"): [],
    }
