"""Exact numbers on the way to a score: a numerator over a denominator, both decimals, divided only when one is shown.

Fractions say the same and are some ten times slower; dividing on the way would round thirds. All of it runs inside
:func:`exactly`, where a decimal that would lose a digit raises instead.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from decimal import (
    MAX_EMAX,
    MIN_EMIN,
    Context,
    Decimal,
    DivisionByZero,
    Inexact,
    InvalidOperation,
    Overflow,
    localcontext,
)
from fractions import Fraction
from typing import TypeAlias

Ratio: TypeAlias = tuple[Decimal, Decimal]
"""Numerator and denominator; the denominator is above 0."""

ZERO, ONE, TWO, HUNDRED = Decimal(0), Decimal(1), Decimal(2), Decimal(100)
_LOSSLESS = Context(
    prec=1_000_000,  # far beyond any sum of real inputs; what would need more raises Inexact
    Emax=MAX_EMAX,
    Emin=MIN_EMIN,
    traps=[Inexact, InvalidOperation, DivisionByZero, Overflow],
)


def exactly() -> AbstractContextManager[Context]:
    """Decimals inside keep every digit."""
    return localcontext(_LOSSLESS)


def hundredths(ratio: Ratio) -> Decimal:
    """Half up to two places; for a ratio of at least 0."""
    numerator, denominator = ratio
    return ((numerator * 200 + denominator) // (denominator * TWO)).scaleb(-2)


def mean(ratios: Sequence[Ratio]) -> Ratio:
    """The plain mean of at least one."""
    numerator, denominator = ratios[0]
    for top, bottom in ratios[1:]:
        numerator, denominator = numerator * bottom + top * denominator, denominator * bottom
    return numerator, denominator * len(ratios)


def exceeds(one: Ratio, other: Ratio) -> bool:
    """Whether the one is greater."""
    return one[0] * other[1] > other[0] * one[1]


def fraction(ratio: Ratio) -> Fraction:
    """The same number for whoever writes it down."""
    return Fraction(ratio[0]) / Fraction(ratio[1])
