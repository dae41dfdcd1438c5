"""Achievement of one indicator against its target (PermenPANRB 8/2021: kondisi normal and kondisi khusus)."""

from fractions import Fraction
from typing import NamedTuple

from contracts.plans import Direction
from kit.errors import Invalid
from services.evaluation.rules.numbers import CEILING, Number

_HUNDRED = Fraction(100)


class Achievement(NamedTuple):
    """In percent of the target: as calculated, and as used after the cap and the floor."""

    raw: Fraction
    used: Fraction


def achievement(direction: Direction, target_lo: Number, target_hi: Number, actual: Number) -> Achievement:
    """The achievement of a point target (both bounds equal) or of a range, inside which it is 100."""
    check_target(direction, target_lo, target_hi)
    lo, hi, reached = Fraction(target_lo), Fraction(target_hi), Fraction(actual)
    nearest = min(max(reached, lo), hi)
    if nearest == reached:
        raw = _HUNDRED
    elif direction is Direction.HIGHER_BETTER:
        raw = _HUNDRED * reached / nearest
    elif nearest == 0:
        raw = _HUNDRED if reached < 0 else Fraction(0)
    else:
        raw = _HUNDRED * (2 - reached / nearest)
    return Achievement(raw, min(max(raw, Fraction(0)), Fraction(CEILING)))


def check_target(direction: Direction, target_lo: Number, target_hi: Number) -> None:
    """Raises Invalid for a target that nothing can be measured against."""
    if target_lo > target_hi:
        raise Invalid(f"the target runs from {target_lo} down to {target_hi}", "batas target terbalik", where="target")
    if target_lo < 0:
        raise Invalid(f"a target of {target_lo} is negative", "target tidak boleh negatif", where="target")
    if direction is Direction.HIGHER_BETTER and target_lo == 0:
        raise Invalid(
            "a target of 0 where more is better cannot be measured against: plan a target above 0",
            "target 0 pada indikator kondisi normal tidak dapat diukur: tetapkan target di atas 0",
            where="target",
        )
