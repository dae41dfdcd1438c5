"""Value of an individual indicator by the older numeric method (PermenPANRB 8/2021, form of the heads of agencies)."""

from fractions import Fraction

from scoring.numbers import CEILING, Number

_EXPECTED = Fraction(109)
"""Exactly as planned: Baik."""


def value(achieved: Number, *, most_attainable: bool = False) -> Fraction:
    """Value of an achievement in percent, 0 to 120; ``most_attainable``: the target is the most that can be reached.

    Between two categories (99 to 100, 79 to 80, 59 to 60) the lower one counts.
    """
    percent = Fraction(achieved)
    if percent > 110 or (percent >= 100 and most_attainable):
        return Fraction(CEILING)
    # Linear inside each category of the form: 101-110 is worth 110-120, 80-99 is 70-89, 60-79 is 50-69, below it 0-49.
    if percent >= 101:
        return 110 + (percent - 101) * Fraction(120 - 110, 110 - 101)
    if percent >= 100:
        return _EXPECTED
    if percent >= 80:
        return 70 + (percent - 80) * Fraction(89 - 70, 99 - 80)
    if percent >= 60:
        return 50 + (percent - 60) * Fraction(69 - 50, 79 - 60)
    return max(percent, Fraction(0)) * Fraction(49, 59)
