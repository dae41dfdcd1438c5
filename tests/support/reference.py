"""The domain's formulas once more, in plain fractions and nothing of our own code: what `kinerja compute` must answer."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

import holidays

Case = Mapping[str, Any]

CRITERIA: Mapping[str, Mapping[str, tuple[int, tuple[str, ...]]]] = {
    # docs/domain.md 5.1: weight and what is scored; nothing is scored where indicators measure
    "palembang": {
        "target_fulfilment": (40, ()),
        "productivity": (20, ("productivity",)),
        "community_impact": (20, ("community_impact",)),
        "creativity": (10, ("creativity",)),
        "collaboration": (10, ("collaboration",)),
    },
    "plaju": {
        "target_achievement": (25, ()),
        "programme_contribution": (15, ("programme_contribution",)),
        "discipline": (20, ("discipline",)),
        "competence": (20, ("competence",)),
        "service_quality": (20, ("service_quality",)),
    },
    "sawahlunto": {
        "results": (50, ()),
        "technical_competence": (25, ("technical_competence",)),
        "non_technical_competence": (25, ("communication", "teamwork", "leadership")),
    },
    "binjai": {"indicators": (90, ()), "innovation": (10, ("innovation",))},
    "dumai": {"effectiveness": (50, ("effectiveness",)), "efficiency": (50, ("efficiency",))},
}
SOURCES: Mapping[str, Mapping[str, tuple[int, int]]] = {
    # share and minimum
    "palembang": {"SUPERIOR": (100, 1)},
    "plaju": {"SUPERIOR": (100, 1)},
    "sawahlunto": {"SUPERIOR": (70, 1), "PEER": (30, 3)},
    "binjai": {"SUPERIOR": (100, 1)},
    "dumai": {"SUPERIOR": (60, 1), "PANEL": (40, 1)},
}
TABLE = {
    # docs/domain.md 2.4, rows results, columns behaviour
    "ABOVE": {"ABOVE": 1, "MEETS": 2, "BELOW": 4},
    "MEETS": {"ABOVE": 2, "MEETS": 2, "BELOW": 4},
    "BELOW": {"ABOVE": 3, "MEETS": 3, "BELOW": 5},
}
PREDICATES = {1: "VERY_GOOD", 2: "GOOD", 3: "NEEDS_IMPROVEMENT", 4: "POOR", 5: "VERY_POOR"}
HEADS = {"OUTSTANDING": "ABOVE", "GOOD": "MEETS"}
COEFFICIENTS = {
    "AHLI_PERTAMA": "12.5",
    "AHLI_MUDA": "25",
    "AHLI_MADYA": "37.5",
    "AHLI_UTAMA": "50",
    "PEMULA": "3.75",
    "TERAMPIL": "5",
    "MAHIR": "12.5",
    "PENYELIA": "25",
}
PERCENT = {"VERY_GOOD": 150, "GOOD": 100, "NEEDS_IMPROVEMENT": 75, "FAIR": 75, "POOR": 50, "VERY_POOR": 25}


def answer(case: Case) -> dict[str, Any]:
    """What must come out, without the trace."""
    return _KINDS[case["compute"]](case)


def half_up(value: Fraction, places: int = 2) -> str:
    """The one rounding, as text."""
    scaled = abs(value) * 10**places + Fraction(1, 2)
    whole = scaled.numerator // scaled.denominator
    digits = str(whole).rjust(places + 1, "0")
    sign = "-" if value < 0 and whole else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}"


def number(value: Any) -> Fraction:
    """As it is written: a float of JSON is the decimal that stands in the file."""
    return Fraction(repr(value) if isinstance(value, float) else str(value) if isinstance(value, Decimal) else value)


def band(score: str, *, recognised: bool) -> str:
    """PP 30/2019 art. 41 on the number that is shown; without the idea the best band is the second."""
    shown = Fraction(score)
    if shown >= 110 and recognised:
        return "VERY_GOOD"
    edges = ((90, "GOOD"), (70, "FAIR"), (50, "POOR"))
    return next((name for edge, name in edges if shown >= edge), "VERY_POOR")


def achieved(case: Case) -> tuple[Fraction, Fraction] | None:
    """docs/domain.md 6.4, 1: raw and used; None for an actual that is missing."""
    if case["actual"] is None:
        return None
    target = case["target"]
    lo, hi = (number(one) for one in (target if isinstance(target, list) else (target, target)))
    actual = number(case["actual"])
    nearest = min(max(actual, lo), hi)
    if actual == nearest:
        raw = Fraction(100)
    elif case["direction"] == "HIGHER_BETTER":
        raw = 100 * actual / nearest if nearest else Fraction(0)
    else:
        raw = 100 * (2 - actual / nearest) if nearest else Fraction(0 if actual > 0 else 100)
    return raw, max(Fraction(0), min(Fraction(120), raw))


def _achievement(case: Case) -> dict[str, Any]:
    made = achieved(case)
    return {"raw": None, "used": None} if made is None else {"raw": half_up(made[0]), "used": half_up(made[1])}


def _pp30(case: Case) -> dict[str, Any]:
    weights = [60, 40] if case["considers_peers_and_reports"] else [70, 30]
    parts = [min(number(case[name]), Fraction(120)) for name in ("skp", "behaviour")]
    score = half_up((weights[0] * parts[0] + weights[1] * parts[1]) / 100)
    predicate = band(score, recognised=case["innovation_recognised"])
    return {"weights": weights, "score": score, "predicate": predicate}


def _quadrant(case: Case) -> dict[str, Any]:
    code = TABLE[case["result_rating"]][case["behaviour_rating"]]
    if case.get("study_leave_without_degree"):
        code = max(code, 4)
    return {"quadrant": code, "predicate": PREDICATES[code]}


def _credit(case: Case) -> dict[str, Any]:
    worth = Fraction(PERCENT[case["predicate"]], 100) * Fraction(COEFFICIENTS[case["level"]])
    return {"credit": half_up(worth * case["months"] / 12, 3)}


def _deadline(case: Case) -> dict[str, Any]:
    day, left = date.fromisoformat(case["start"]), case["days"]
    if case["kind"] == "CALENDAR":
        day, left = day + timedelta(days=left), 0
    while left:
        day += timedelta(days=1)
        left -= works(day)
    while not works(day):
        day += timedelta(days=1)
    return {"due": day.isoformat()}


def works(day: date) -> bool:
    """No weekend, no national holiday, no collective leave."""
    return day.weekday() < 5 and day not in _days_off(day.year)


@cache
def _days_off(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("ID", years=year, categories=("public", "government")))


def _score(case: Case) -> dict[str, Any]:
    place = case["policy"]
    given = {role: [one["scores"] for one in case["assessments"] if one["source"] == role] for role in SOURCES[place]}
    dropped = [role for role, (_, minimum) in SOURCES[place].items() if len(given[role]) < minimum]
    says = {role: _says(place, given[role]) for role in SOURCES[place] if role not in dropped}
    criteria, incomplete = _criteria(case, says)
    total = None
    if all(value is not None for value in criteria.values()):
        total = half_up(
            sum((CRITERIA[place][code][0] * (value or Fraction()) for code, value in criteria.items()), Fraction())
            / 100
        )
    head = case["unit_head"]
    rating = HEADS.get(case["org_performance"], "BELOW") if head else case["result_rating"]
    return {
        "local_score": total,
        "local_band": None if total is None else band(total, recognised=case["innovation_recognised"]),
        "criteria": {code: None if value is None else half_up(value) for code, value in criteria.items()},
        "sources_dropped": dropped,
        "incomplete": incomplete,
        "moderation": _gap(says) >= 15,
        **_quadrant({**case, "result_rating": rating}),
    }


def _says(place: str, given: list[Mapping[str, Any]]) -> dict[str, Fraction]:
    """Of each criterion, the mean over its parts of the mean over assessors."""
    return {
        code: _mean([_mean([number(scores[part]) for scores in given]) for part in parts])
        for code, (_, parts) in CRITERIA[place].items()
        if parts
    }


def _criteria(case: Case, says: Mapping[str, Mapping[str, Fraction]]) -> tuple[dict[str, Fraction | None], list[str]]:
    place, incomplete = case["policy"], list[str]()
    values: dict[str, Fraction | None] = {}
    for code, (_, parts) in CRITERIA[place].items():
        if parts:
            shares = {role: SOURCES[place][role][0] for role in says}
            known = sum(shares.values())
            values[code] = (
                sum((share * says[role][code] for role, share in shares.items()), Fraction()) / known if known else None
            )
            incomplete += [] if known else [code]
            continue
        silent = sorted(one["id"] for one in case["indicators"] if one["actual"] is None)
        incomplete += silent or ([] if case["indicators"] else [code])
        values[code] = None
        if case["indicators"] and not silent:
            used = [
                (number(one["weight"]), (achieved(one) or (Fraction(), Fraction()))[1]) for one in case["indicators"]
            ]
            values[code] = sum((weight * value for weight, value in used), Fraction()) / 100
    return values, incomplete


def _gap(says: Mapping[str, Mapping[str, Fraction]]) -> Fraction:
    means = [_mean(list(values.values())) for values in says.values()]
    return max(means) - min(means) if len(means) > 1 else Fraction(0)


def _mean(values: list[Fraction]) -> Fraction:
    return sum(values, Fraction()) / len(values)


_KINDS = {
    "score": _score,
    "pp30": _pp30,
    "achievement": _achievement,
    "quadrant": _quadrant,
    "credit": _credit,
    "deadline": _deadline,
}
