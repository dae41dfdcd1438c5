"""What people may write into a case: numbers, dates and names that cannot be read in two ways."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, Field, StrictBool

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
DIGITS = 100
"""Before and after the point: far more than any target needs, and few enough to calculate with exactly."""


def number(value: object) -> Decimal:
    """A decimal from a number of JSON or from its text; raises ValueError for anything else, NaN included."""
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        value = Decimal(value)
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError("a number is wanted, such as 87.5 or its text")  # noqa: TRY004 - pydantic tells ValueErrors
    made = Decimal(value)
    if not made.is_finite():
        raise ValueError(f"{made} is no number to calculate with")
    if made.adjusted() >= DIGITS or int(made.as_tuple().exponent) < -DIGITS:
        raise ValueError(f"a number has at most {DIGITS} digits on each side of the point")
    return made


def _whole(value: object) -> int:
    made = number(value)
    if made != made.to_integral_value():
        raise ValueError(f"{made} is no whole number")
    return int(made)


def _bounds(value: object) -> tuple[Decimal, Decimal]:
    if not isinstance(value, list | tuple):
        return number(value), number(value)
    if len(value) != 2:
        raise ValueError("a target is one number, or two: the ends of a range")
    return number(value[0]), number(value[1])


def _day(value: object) -> object:
    if isinstance(value, str) and _DATE.fullmatch(value):
        return date.fromisoformat(value)
    raise ValueError("a date is written like 2026-03-10")


Number = Annotated[Decimal, BeforeValidator(number)]
Points = Annotated[Decimal, BeforeValidator(number), Field(ge=0, le=120)]
"""On the scale of PP 30/2019."""
Whole = Annotated[int, BeforeValidator(_whole)]
Bounds = Annotated[tuple[Decimal, Decimal], BeforeValidator(_bounds)]
"""Both ends of a target; the same number twice for a point."""
Day = Annotated[date, BeforeValidator(_day), Field(ge=date(1970, 1, 1), le=date(2199, 12, 31))]
Flag = StrictBool
