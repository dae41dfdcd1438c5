"""Which of the scores that colleagues gave a person stand far from those of the others; a hint to ask, never a correction.

By the distance from the median in median absolute deviations, as neither is moved by the very score that is looked for
(Iglewicz and Hoaglin 1993: 0.6745 x distance / deviation beyond 3.5).
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from statistics import median

from contracts.base import Frozen
from contracts.policy import Moderation

FEWEST = 4
"""Colleagues below whom nothing is said: of three, "one stands apart" nearly tells the numbers of the others."""
_SCALE = Fraction(6745, 10000)
"""A median absolute deviation of normal scores is so much of their standard deviation."""


class Side(StrEnum):
    """To which side of the others a score lies."""

    ABOVE = "ABOVE"
    BELOW = "BELOW"


class Outlying(Frozen):
    """Scores of one criterion far from the others of the same person; without their numbers, which are nobody's to see."""

    code: str
    side: Side
    scores: int
    """How many."""


def outlying(given: Sequence[Mapping[str, str]], rule: Moderation) -> tuple[Outlying, ...]:
    """Of each criterion, by code; of too few colleagues nothing."""
    codes = sorted({code for one in given for code in one})
    return tuple(found for code in codes for found in _of(code, given, rule))


def _of(code: str, given: Sequence[Mapping[str, str]], rule: Moderation) -> list[Outlying]:
    numbers = [Fraction(one[code]) for one in given if code in one]
    if len(numbers) < FEWEST:
        return []
    middle = median(numbers)
    deviation = median(abs(one - middle) for one in numbers)
    far = [one for one in numbers if _is_far(abs(one - middle), deviation, rule)]
    sides = {Side.ABOVE: sum(one > middle for one in far), Side.BELOW: sum(one < middle for one in far)}
    return [Outlying(code=code, side=side, scores=count) for side, count in sides.items() if count]


def _is_far(distance: Fraction, deviation: Fraction, rule: Moderation) -> bool:
    """So many points as well: where the others agree to the point, any other score would lie infinitely far."""
    if distance < _exact(rule.peer_outlier_points):
        return False
    return _SCALE * distance > _exact(rule.peer_outlier) * deviation


def _exact(number: Decimal) -> Fraction:
    return Fraction(number)
