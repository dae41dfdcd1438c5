"""From what evaluation counts to what the pages show: bars beside the guidance, numbers of raters in words."""

from collections.abc import Mapping, Sequence
from typing import Any

from contracts.base import Predicate
from services.portal.web import names
from services.portal.web.visit import Visit

Json = Mapping[str, Any]
WIDE, HIGH, STEP = 120, 5, 14
"""Of the drawing, in its own units: the longest bar, the height of a bar, from one predicate to the next."""
FIGURES = ("mean", "difference", "spread", "central", "halo", "source_gap")


def units(visit: Visit, spread: Sequence[Json]) -> list[dict[str, Any]]:
    """Each unit with a cell and two bars a predicate: how many there are, and how many the guidance expects."""
    return [
        {
            "name": one["name"] or "-",
            "performance": visit.say(f"organisations.value_{one['performance']}") if one["performance"] else "",
            "people": one["people"],
            "checked": one["checked"],
            "cells": [_cell(one, kind) for kind in Predicate],
            "bars": _bars(one),
            "high": STEP * len(Predicate),
            "why": [finding["words"][visit.language] for finding in one["findings"]],
        }
        for one in spread
    ]


def heads(visit: Visit) -> list[str]:
    """The predicates in words, the best first."""
    return [one["name"] for one in names.predicates(visit.language, {})]


def _cell(unit: Json, kind: Predicate) -> dict[str, int | None]:
    expected = unit["expected"]
    return {"count": unit["counts"].get(kind.value, 0), "expected": expected.get(kind.value, 0) if expected else None}


def _bars(unit: Json) -> list[dict[str, float]]:
    """Lengths on one scale, so that units of different size look alike where they are spread alike."""
    people = max(unit["people"], 1)
    cells = [_cell(unit, kind) for kind in Predicate]
    return [
        {
            "top": place * STEP,
            "count": round(WIDE * (cell["count"] or 0) / people, 1),
            "expected": round(WIDE * (cell["expected"] or 0) / people, 1),
        }
        for place, cell in enumerate(cells)
    ]


def rater(visit: Visit, one: Json) -> dict[str, Any]:
    """With what is found about him or her in words; without numbers where the group is too small."""
    return {**one, "why": [finding["words"][visit.language] for finding in one["findings"]]}
