"""Achievement of one indicator against its target (PermenPANRB 8/2021: kondisi normal and kondisi khusus)."""

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from contracts.plans.plans import Direction
from kit.errors import Invalid
from scoring.numbers import CEILING
from scoring.ratios import HUNDRED, ONE, TWO, ZERO, Ratio, exactly, fraction

_TOP: Ratio = (CEILING, ONE)
_FULL: Ratio = (HUNDRED, ONE)
_NOTHING: Ratio = (ZERO, ONE)


class Achievement(NamedTuple):
    """In percent of the target: as calculated, and as used after the cap and the floor."""

    raw: Fraction
    used: Fraction


def achievement(direction: Direction, target_lo: Decimal, target_hi: Decimal, actual: Decimal) -> Achievement:
    """The achievement in percent of a point target (both bounds equal) or of a range, inside which it is 100.

    Target and actual are in the indicator's own unit. Raises Invalid for a target that nothing can be measured against.
    """
    with exactly():
        raw = calculated(direction, target_lo, target_hi, actual)
        return Achievement(fraction(raw), fraction(clamped(raw)))


def calculated(direction: Direction, lo: Decimal, hi: Decimal, actual: Decimal) -> Ratio:
    """Percent of the nearest bound of the target (domain.md 6.4, 1), neither capped nor divided; inside ``exactly``.

    Raises Invalid for a target that nothing can be measured against.
    """
    # The usual target passes with one comparison; only others are looked at more closely.
    if not ZERO < lo <= hi:
        check_target(direction, lo, hi)
    if lo <= actual <= hi:
        return _FULL
    nearest = lo if actual < lo else hi
    if nearest == ZERO:  # below a range from 0, or above a target of 0 where less is better
        return _FULL if direction is Direction.LOWER_BETTER and actual < ZERO else _NOTHING
    if direction is Direction.HIGHER_BETTER:
        return HUNDRED * actual, nearest
    # Kondisi khusus: 100 at the target, 0 at twice the target, and the same slope below it.
    return HUNDRED * (TWO * nearest - actual), nearest


def clamped(raw: Ratio) -> Ratio:
    """Between 0 and the cap of 120 percent (PP 30/2019; domain.md 2.5)."""
    numerator, denominator = raw
    if numerator < ZERO:
        return _NOTHING
    return _TOP if numerator > CEILING * denominator else raw


def check_target(direction: Direction, target_lo: Decimal, target_hi: Decimal) -> None:
    """Raises Invalid for a target that nothing can be measured against."""
    if target_lo > target_hi:
        raise Invalid(f"the target runs from {target_lo} down to {target_hi}", "batas target terbalik", where="target")
    if target_lo < 0:
        raise Invalid(f"a target of {target_lo} is negative", "target tidak boleh negatif", where="target")
    if direction is Direction.HIGHER_BETTER and target_hi == 0:
        raise Invalid(
            "a target of 0 where more is better cannot be measured against: plan a target above 0",
            "target 0 pada indikator kondisi normal tidak dapat diukur: tetapkan target di atas 0",
            where="target",
        )
