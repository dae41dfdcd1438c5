"""Which policy, which period and which week apply to a unit: its own, or those of the nearest unit above."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What decides about a unit."""

    parent_code: str | None
    period_months: int | None
    work_days: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Applies:
    """What applies to a unit."""

    scope: str
    period_months: int
    work_days: tuple[int, ...] | None = None
    """None is the city's week."""


def what_applies(units: Mapping[str, UnitFacts], scopes: Mapping[str, int], city: str) -> dict[str, Applies]:
    """By unit code. ``scopes`` gives the period of each policy; the city has one of its own."""
    resolved: dict[str, Applies] = {}
    for code in units:
        _resolve(code, units, scopes, city, resolved)
    return resolved


def _resolve(
    code: str, units: Mapping[str, UnitFacts], scopes: Mapping[str, int], city: str, resolved: dict[str, Applies]
) -> None:
    trail: list[str] = []
    walker: str | None = code
    while walker is not None and walker in units and walker not in resolved:
        trail.append(walker)
        walker = units[walker].parent_code
    for one in reversed(trail):
        above = resolved.get(units[one].parent_code or "", Applies(city, scopes[city]))
        # A unit with a policy of its own starts from that policy, not from the choice of the agency above it.
        applies = Applies(one, scopes[one]) if one in scopes else above
        chosen = units[one].period_months
        week = units[one].work_days or above.work_days
        resolved[one] = Applies(applies.scope, applies.period_months if chosen is None else chosen, week)
