"""What every assessor fills in, superior or colleague: a score in each box, and a level of each competence that is asked."""

from collections.abc import Mapping
from typing import Any

from services.portal.web.forms import Form
from services.portal.web.visit import Visit

Json = Mapping[str, Any]


def numbers_of(visit: Visit, sent: Form, asked: Json) -> dict[str, Any]:
    """As the evaluation's API takes them; what is missing is an error at its field."""
    scores = {one["code"]: _score(visit, sent, f"score-{one['code']}") for one in asked["boxes"]}
    levels = {one["code"]: sent.text(f"level-{one['code']}") for one in asked["competences"]}
    for code, level in levels.items():
        if not level.isdecimal():
            sent.errors[f"level-{code}"] = visit.say("rating.level_missing")
    return {
        "scores": {code: str(value) for code, value in scores.items()},
        "competences": {code: int(level) for code, level in levels.items() if level.isdecimal()},
        "comment": sent.text("comment"),
    }


def numbers_at(asked: Json) -> dict[str, str]:
    """The field of the page for each number that the evaluation's API may find wrong."""
    found = {f"scores.{one['code']}": f"score-{one['code']}" for one in asked["boxes"]}
    return found | {f"competences.{one['code']}": f"level-{one['code']}" for one in asked["competences"]}


def _score(visit: Visit, sent: Form, name: str) -> object:
    value = sent.number(name, visit.say("rating.number_wrong"))
    if value is None and name not in sent.errors:
        sent.errors[name] = visit.say("rating.score_missing")
    return value
