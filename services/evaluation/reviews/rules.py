"""The states of an action that a review decided, and how spread and punctuality are shown so that nobody is found in them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from scoring.numbers import rounded
from services.evaluation.publication.rules import LEAST, hidden

LOCAL_SCORE = "local_score"
"""Beside the criteria: the score that they make together."""


class ActionState(StrEnum):
    """Whether an action is done."""

    OPEN = "OPEN"
    DONE = "DONE"


@dataclass(frozen=True, slots=True)
class Spread:
    """How the points of one criterion are spread over a unit, or over the whole cycle where ``unit_id`` is None."""

    criterion: str
    unit_id: UUID | None
    people: int
    mean: Decimal
    deviation: Decimal | None
    """Standard deviation; None of a single one."""
    lower_quartile: Decimal
    median: Decimal
    upper_quartile: Decimal


def shown(spreads: Iterable[Spread]) -> list[dict[str, Any]]:
    """As everybody may read them: none of so few people that one of them could be found, none to be had by subtraction."""
    by_criterion: dict[str, dict[UUID | None, Spread]] = defaultdict(dict)
    for one in spreads:
        by_criterion[one.criterion][one.unit_id] = one
    return [_written(one) for units in by_criterion.values() for one in _large(units)]


def _large(units: Mapping[UUID | None, Spread]) -> Sequence[Spread]:
    whole = units.get(None)
    if whole is None or whole.people < LEAST:
        return []
    gone = hidden({unit_id: one.people for unit_id, one in units.items() if unit_id is not None})
    return [whole, *(one for unit_id, one in units.items() if unit_id is not None and unit_id not in gone)]


def _written(one: Spread) -> dict[str, Any]:
    numbers = {
        name: None if (value := getattr(one, name)) is None else str(rounded(value))
        for name in ("mean", "deviation", "lower_quartile", "median", "upper_quartile")
    }
    unit_id = None if one.unit_id is None else str(one.unit_id)
    return {"criterion": one.criterion, "unit_id": unit_id, "people": one.people, **numbers}


@dataclass(frozen=True, slots=True)
class Punctuality:
    """What came of the obligations of one kind."""

    kind: str
    in_time: int
    late: int
    lapsed: int


def punctual(kinds: Iterable[Punctuality]) -> list[dict[str, Any]]:
    """Per cent in time of each kind; kinds of so few that they would tell of somebody are left out."""
    rates = []
    for one in kinds:
        ended = one.in_time + one.late + one.lapsed
        if ended >= LEAST:
            percent = str(rounded(Decimal(100 * one.in_time) / ended, 1))
            counts = {"in_time": one.in_time, "late": one.late, "lapsed": one.lapsed}
            rates.append({"kind": one.kind, **counts, "percent": percent})
    return rates
