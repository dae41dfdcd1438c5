"""The numeric method of PP 30/2019 art. 41: plan and behaviour, weighted 70/30 or 60/40."""

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from kit.errors import Invalid
from scoring.bands import band_of
from scoring.numbers import CEILING, rounded


class Pp30Result(NamedTuple):
    """The weights of plan and behaviour in percent, the score (0 to 120, two places) and its predicate."""

    weights: tuple[int, int]
    score: Decimal
    predicate: str


def weights(*, considers_peers_and_reports: bool) -> tuple[int, int]:
    """Percent of plan and behaviour: they follow from who assesses behaviour and are not chosen (art. 41(2)-(4))."""
    return (60, 40) if considers_peers_and_reports else (70, 30)


def pp30(
    skp: Decimal, behaviour: Decimal, *, considers_peers_and_reports: bool, innovation_recognised: bool
) -> Pp30Result:
    """N = w_skp x min(SKP, 120) + w_beh x min(BEH, 120), rounded once, then banded (art. 41).

    Raises Invalid where one of the two, in percent, is negative.
    """
    for name, value in (("skp", skp), ("behaviour", behaviour)):
        if value < 0:
            raise Invalid(f"{name} is negative: {value}", f"{name} negatif: {value}", where=name)
    pair = weights(considers_peers_and_reports=considers_peers_and_reports)
    parts = (min(skp, CEILING), min(behaviour, CEILING))
    # Each part is capped before it is weighted, not the sum after it (art. 41; domain.md 6.4, 4).
    total = sum((Fraction(part) * weight for part, weight in zip(parts, pair, strict=True)), Fraction(0))
    score = rounded(total / 100)
    return Pp30Result(pair, score, band_of(score, innovation_recognised=innovation_recognised))
