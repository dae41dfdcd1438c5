"""Between a plan and the one form in which all of its results are amended; nothing is asked here.

Fields are called ``r0_statement`` and ``r0_i1_weight``; what a rater leaves empty is taken out of the plan, and the form has
an empty row more for an indicator of each result, and for a result.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from services.portal.plan.content import content_of
from services.portal.web.forms import Form
from services.portal.web.numbers import figure
from services.portal.web.visit import Visit

Json = dict[str, Any]
_NEW_RESULT: Json = {"id": None, "kind": "ADDITIONAL", "goal": None, "superior_result_id": None, "indicators": []}
_NEW_INDICATOR: Json = {"id": None, "aspect": "QUANTITY", "direction": "HIGHER_BETTER", "max_attainable": False}
_NUMBERS = ("target_lo", "target_hi", "weight")


def filled(language: str, plan: Mapping[str, Any]) -> Form:
    """The form as the plan stands."""
    values: dict[str, str] = {}
    for place, result in enumerate(plan["results"]):
        values[f"r{place}_statement"] = result["statement"]
        for number, one in enumerate(result["indicators"]):
            row = f"r{place}_i{number}_"
            values |= {f"{row}statement": one["statement"], f"{row}unit": one["unit"] or ""}
            values |= {f"{row}{name}": figure(language, one[name]) for name in _NUMBERS}
            if one["target_hi"] == one["target_lo"]:
                values[f"{row}target_hi"] = ""
    return Form(values)


def rows(plan: Mapping[str, Any]) -> list[int]:
    """How many rows for indicators the form has, by result; the last is for a new one."""
    return [len(one["indicators"]) + 1 for one in plan["results"]] + [1]


def amended(visit: Visit, form: Form, plan: Mapping[str, Any]) -> list[Json]:
    """The results as they were typed; what is no number is an error of the form."""
    before = content_of(plan)["results"]
    found = []
    for place, count in enumerate(rows(plan)):
        was = before[place] if place < len(before) else _NEW_RESULT
        if statement := form.text(f"r{place}_statement"):
            indicators = [_indicator(visit, form, was, place, number) for number in _used(form, place, count)]
            found.append({**was, "statement": statement, "indicators": indicators})
    return found


def _used(form: Form, place: int, count: int) -> Iterator[int]:
    return (number for number in range(count) if form.text(f"r{place}_i{number}_statement"))


def _indicator(visit: Visit, form: Form, result: Mapping[str, Any], place: int, number: int) -> Json:
    row, some = f"r{place}_i{number}_", result["indicators"]
    wrong = visit.say("plan.number_wrong")
    for name in ("target_lo", "weight"):
        form.require(f"{row}{name}", visit.say(f"plan.{name}_missing"))
    lower, upper, weight = (form.number(f"{row}{name}", wrong) for name in _NUMBERS)
    low = lower or Decimal(0)
    return {
        **(some[number] if number < len(some) else _NEW_INDICATOR),
        "statement": form.text(f"{row}statement"),
        "unit": form.text(f"{row}unit"),
        "target_lo": str(low),
        "target_hi": str(low if upper is None else upper),
        "weight": str(weight or 0),
    }


def fields(form: Form, plan: Mapping[str, Any]) -> dict[str, str]:
    """Where the API's words about a place belong in the form."""
    found: dict[str, str] = {}
    used = [(place, count) for place, count in enumerate(rows(plan)) if form.text(f"r{place}_statement")]
    for result, (place, count) in enumerate(used):
        found[f"results.{result}"] = found[f"results.{result}.statement"] = f"r{place}_statement"
        for indicator, number in enumerate(_used(form, place, count)):
            at = f"results.{result}.indicators.{indicator}"
            found[at] = f"r{place}_i{number}_statement"
            found |= {f"{at}.{name}": f"r{place}_i{number}_{name}" for name in ("statement", "unit", *_NUMBERS)}
    return found
