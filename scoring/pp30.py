"""The numeric method of PP 30/2019 art. 41: plan and behaviour, weighted 70/30 or 60/40."""

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from kit.errors import Invalid
from scoring.bands import reached
from scoring.numbers import CEILING, rounded


class Weighted(NamedTuple):
    """The weight pair, the score and its predicate."""

    weights: tuple[int, int]
    score: Decimal
    predicate: str


def weights(*, considers_peers_and_reports: bool) -> tuple[int, int]:
    """Follow from who assesses behaviour; they are not chosen (art. 41(2)-(4))."""
    return (60, 40) if considers_peers_and_reports else (70, 30)


def pp30(
    skp: Decimal, behaviour: Decimal, *, considers_peers_and_reports: bool, innovation_recognised: bool
) -> Weighted:
    """N = w_skp x min(SKP, 120) + w_beh x min(BEH, 120), rounded once, then banded."""
    for name, value in (("skp", skp), ("behaviour", behaviour)):
        if value < 0:
            raise Invalid(f"{name} is negative: {value}", f"{name} negatif: {value}", where=name)
    pair = weights(considers_peers_and_reports=considers_peers_and_reports)
    parts = (min(skp, CEILING), min(behaviour, CEILING))
    total = sum((Fraction(part) * weight for part, weight in zip(parts, pair, strict=True)), Fraction(0))
    score = rounded(total / 100)
    return Weighted(pair, score, reached(score, innovation_recognised=innovation_recognised))
