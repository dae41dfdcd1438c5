"""Exact numbers: fractions inside, one rounding at the end, and a text form that a trace can carry and read back."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

CEILING = Decimal(120)
"""Nothing counts above it (PP 30/2019, achievement capped at 120)."""
HUNDREDTHS = Decimal("0.01")
THOUSANDTHS = Decimal("0.001")

Number = Fraction | Decimal | int


def rounded(value: Number, unit: Decimal = HUNDREDTHS) -> Decimal:
    """Half up to ``unit``; exact until here, so it is the only rounding."""
    exact = Fraction(value) / Fraction(unit)
    doubled = abs(exact.numerator) * 2 + exact.denominator
    whole = doubled // (exact.denominator * 2)
    return (Decimal(whole if exact >= 0 else -whole) * unit).quantize(unit, rounding=ROUND_HALF_UP)


def written(value: Number) -> str:
    """The exact value as text: a decimal where one exists (``112.5``), else a fraction (``750/7``)."""
    exact = Fraction(value)
    rest = exact.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return f"{exact.numerator}/{exact.denominator}"
    text = f"{Decimal(exact.numerator) / Decimal(exact.denominator):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def read(text: str) -> Fraction:
    """The value that :func:`written` wrote."""
    return Fraction(text)


def weighted_mean(pairs: Iterable[tuple[Fraction, Fraction]]) -> Fraction:
    """Mean of (value, weight) pairs; the weights need not sum to 100, which renormalises what is left."""
    listed = list(pairs)
    total = sum((weight for _, weight in listed), Fraction(0))
    return sum((value * weight for value, weight in listed), Fraction(0)) / total
