"""Which province a city belongs to, and how shares are told so that no small group can be had from them."""

from services.evaluation.publication.rules import LEAST

_STEPS = 10
"""At most: a share is told to ten percent."""
_CITY = 2
"""Digits of the province in a Kemendagri code."""


def province_of(city: str) -> str:
    """The code of a city's province as a tenant: ``14.00`` of ``14.72``; no city has it, they begin at 01."""
    return f"{city[:_CITY]}.00"


def is_province(code: str) -> bool:
    """Whether a tenant is a province."""
    return code == province_of(code)


def in_steps(count: int, of_all: int, least: int = LEAST) -> int | None:
    """The share in percent, rounded down to steps of at least ``least`` each; None where all together are fewer.

    So neither those who are in it nor those who are not can be told to be few, and whoever asks again and again sees a step
    when somebody crosses it, not each who moves. Nobody and everybody are told as they are.
    """
    if of_all < least:
        return None
    steps = min(_STEPS, of_all // least)
    return 100 * (count * steps // of_all) // steps
