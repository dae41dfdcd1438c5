"""The content of a plan as the API takes it, from what it answers and from what forms send; nothing is asked here."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from services.portal.web.forms import Form
from services.portal.web.numbers import figure
from services.portal.web.visit import Visit

Json = dict[str, Any]
_ANNEX = ("expectations", "resources", "positive_consequences", "negative_consequences", "practices")
_RESULT = ("id", "kind", "statement", "goal", "superior_result_id", "report_every", "evidence")
_INDICATOR = ("id", "aspect", "statement", "unit", "direction", "target_lo", "target_hi", "weight", "source_of_data", "max_attainable")  # fmt: skip
NEW = "baru"
HUNDRED = 100


def content_of(plan: Mapping[str, Any]) -> Json:
    """What a PUT would have to say to change nothing."""
    results = [
        {name: one.get(name) for name in _RESULT}
        | {"indicators": [{name: each.get(name) for name in _INDICATOR} for each in one.get("indicators", ())]}
        for one in plan["results"]
    ]
    return {name: plan.get(name, []) for name in _ANNEX} | {"results": results}


def weight_left(plan: Mapping[str, Any], without: int | None = None) -> Decimal:
    """What the weights of all indicators lack to a hundred, but for those of one result."""
    some = [one for place, one in enumerate(plan["results"]) if place != without]
    return HUNDRED - sum((Decimal(each["weight"]) for one in some for each in one["indicators"]), Decimal(0))


def filled(language: str, result: Mapping[str, Any]) -> Form:
    """The form of a result as it stands in the plan."""
    link = f"s:{result['superior_result_id']}" if result.get("superior_result_id") else ""
    values = {
        "kind": result["kind"],
        "statement": result["statement"],
        "link": link or (f"g:{result['goal']}" if result.get("goal") else ""),
        "report_every": result.get("report_every") or "",
        "evidence": result.get("evidence") or "",
        "slots": str(len(result["indicators"])),
    }
    for place, one in enumerate(result["indicators"]):
        figures = {name: figure(language, one[name]) for name in ("target_lo", "weight")}
        upper = "" if one["target_hi"] == one["target_lo"] else figure(language, one["target_hi"])
        plain = {name: one[name] or "" for name in ("id", "aspect", "statement", "unit", "direction", "source_of_data")}
        some = plain | figures | {"target_hi": upper, "max_attainable": "yes" if one["max_attainable"] else ""}
        values |= {f"i{place}_{name}": str(value) for name, value in some.items()}
    return Form(values)


def result_of(visit: Visit, form: Form, before: Mapping[str, Any] | None) -> Json:
    """A result as it was typed; what is missing or no number is an error of the form."""
    link = form.text("link")
    result: Json = {
        "id": (before or {}).get("id"),
        "kind": form.text("kind") or "PRIMARY",
        "statement": form.require("statement", visit.say("plan.statement_missing")),
        "goal": link.removeprefix("g:") if link.startswith("g:") else None,
        "superior_result_id": link.removeprefix("s:") if link.startswith("s:") else None,
        "report_every": form.text("report_every") or None,
        "evidence": form.text("evidence"),
    }
    places = [place for place in range(slots(form)) if _used(form, place)]
    # An indicator that the result has no more, or that is another's, is a new one: the service refuses foreign ids.
    known = {each["id"] for each in (before or {}).get("indicators", ())}
    indicators = [_indicator(visit, form, place) for place in places]
    return result | {"indicators": [one if one["id"] in known else one | {"id": None} for one in indicators]}


def slots(form: Form) -> int:
    """How many indicators the form has room for."""
    typed = form.text("slots")
    return min(int(typed), 20) if typed.isdecimal() else 1


def fields_of(form: Form, place: int) -> dict[str, str]:
    """Where the API's words about a result at this place belong in the form."""
    used = [slot for slot in range(slots(form)) if _used(form, slot)]
    own = {f"results.{place}.{name}": name for name in ("statement", "kind", "report_every", "evidence")}
    links = {f"results.{place}.{name}": "link" for name in ("goal", "superior_result_id")}
    indicators = {
        f"results.{place}.indicators.{number}.{name}": f"i{slot}_{name}"
        for number, slot in enumerate(used)
        for name in _INDICATOR
    }
    return own | links | indicators


def _used(form: Form, place: int) -> bool:
    return any(form.text(f"i{place}_{name}") for name in ("statement", "target_lo", "target_hi"))


def _indicator(visit: Visit, form: Form, place: int) -> Json:
    def field(name: str) -> str:
        return f"i{place}_{name}"

    wrong = visit.say("plan.number_wrong")
    for name in ("target_lo", "weight"):
        form.require(field(name), visit.say(f"plan.{name}_missing"))
    lower, upper = form.number(field("target_lo"), wrong), form.number(field("target_hi"), wrong)
    weight = form.number(field("weight"), wrong)
    return {
        "id": form.text(field("id")) or None,
        "aspect": form.text(field("aspect")) or "QUANTITY",
        "statement": form.require(field("statement"), visit.say("plan.indicator_missing")),
        "unit": form.text(field("unit")),
        "direction": form.text(field("direction")) or "HIGHER_BETTER",
        "target_lo": str(lower or 0),
        "target_hi": str(lower or 0) if upper is None else str(upper),
        "weight": str(weight or 0),
        "source_of_data": form.text(field("source_of_data")),
        "max_attainable": form.text(field("max_attainable")) == "yes",
    }


def lines(text: str) -> list[str]:
    """One entry a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def changed(before: Sequence[Json], place: int | None, result: Json | None) -> list[Json]:
    """The results with one more (no place), another one in its place, or one less (no result)."""
    results = list(before)
    if place is None:
        return [*results, result] if result else results
    results[place : place + 1] = [result] if result else []
    return results
