"""Exact numbers: fractions inside, one rounding at the end, and a text form that a trace can carry and read back."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import gcd

CEILING = Decimal(120)
"""Nothing counts above it (PP 30/2019, achievement capped at 120)."""

Number = Fraction | Decimal | int


def rounded(value: Number, places: int = 2) -> Decimal:
    """Half up (away from 0) to so many places; exact until here, so it is the only rounding (domain.md 6.4, 3)."""
    # Not Decimal.quantize: that takes a decimal, and a third would be rounded twice on the way there.
    exact = Fraction(value) * 10**places
    whole = (abs(exact.numerator) * 2 + exact.denominator) // (exact.denominator * 2)
    return Decimal(f"{whole if exact >= 0 else -whole}E-{places}")


def written(value: Number) -> str:
    """The exact value as text: a decimal where one exists (``112.5``), else a fraction (``750/7``)."""
    if isinstance(value, Decimal):
        # Without exponent and trailing zeros: the same number is the same text, whoever entered it.
        text = f"{value:f}" if value else "0"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return quotient(*value.as_integer_ratio())


def quotient(numerator: int, denominator: int) -> str:
    """As :func:`written`, of two whole numbers; the denominator is above 0."""
    shared = gcd(numerator, denominator)
    numerator, denominator = numerator // shared, denominator // shared
    places = _places(denominator)
    if places is None:
        return f"{numerator}/{denominator}"
    digits = str(abs(numerator) * 10**places // denominator).rjust(places + 1, "0")
    text = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return f"-{text}" if numerator < 0 else text


def _places(denominator: int) -> int | None:
    """How many decimal places a reduced fraction needs; None if they never end."""
    # Decimals end just where nothing but 2 and 5, the primes of 10, is left below the line.
    twos = fives = 0
    while denominator % 2 == 0:
        denominator, twos = denominator // 2, twos + 1
    while denominator % 5 == 0:
        denominator, fives = denominator // 5, fives + 1
    return max(twos, fives) if denominator == 1 else None


def read(text: str) -> Fraction:
    """The value that :func:`written` wrote. Raises ValueError for any other text."""
    return Fraction(text)


def weighted_mean(pairs: Iterable[tuple[Fraction, Fraction]]) -> Fraction:
    """Mean of (value, weight) pairs; the weights need not sum to 100, which renormalises what is left.

    Raises ZeroDivisionError where they sum to 0.
    """
    listed = list(pairs)
    total = sum((weight for _, weight in listed), Fraction(0))
    return sum((value * weight for value, weight in listed), Fraction(0)) / total
