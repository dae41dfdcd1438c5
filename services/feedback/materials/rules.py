"""What a worked example makes: the achievement as the scoring engine computes it, and how it came about, in words."""

from decimal import Decimal
from typing import NamedTuple

from contracts.base import Words
from contracts.plans.plans import Direction
from contracts.policy import WorkedExample
from scoring.achievement import achievement
from scoring.numbers import CEILING, rounded


class Worked(NamedTuple):
    """An example with its outcome, in percent of the target."""

    calculated: Decimal
    counted: Decimal
    """After the cap and the floor."""
    working: Words


def worked(example: WorkedExample) -> Worked:
    """What the scoring engine makes of it (PermenPANRB 8/2021)."""
    found = achievement(example.direction, example.target_lo, example.target_hi, example.actual)
    calculated, counted = rounded(found.raw), rounded(found.used)
    return Worked(calculated, counted, _working(example, calculated, counted))


def _working(example: WorkedExample, calculated: Decimal, counted: Decimal) -> Words:
    lo, hi, actual = (_plain(one) for one in (example.target_lo, example.target_hi, example.actual))
    if example.target_lo <= example.actual <= example.target_hi:
        target = lo if lo == hi else f"{lo}-{hi}"
        return Words(en=f"{actual} meets the target of {target}: 100", id=f"{actual} memenuhi target {target}: 100")
    bound = lo if example.actual < example.target_lo else hi
    if example.direction is Direction.HIGHER_BETTER:
        sum_ = f"{actual} / {bound} x 100 = {_plain(calculated)}"
    elif bound == "0":
        sum_ = f"{actual} > 0 = {_plain(calculated)}"
    else:
        sum_ = f"(2 x {bound} - {actual}) / {bound} x 100 = {_plain(calculated)}"
    if calculated == counted:
        return Words(en=sum_, id=sum_)
    return Words(
        en=f"{sum_}; counted as {_plain(counted)}, because achievements lie between 0 and {CEILING}",
        id=f"{sum_}; dihitung {_plain(counted)} karena capaian berada antara 0 dan {CEILING}",
    )


def _plain(value: Decimal) -> str:
    """Without zeros that say nothing."""
    return f"{value.normalize():f}"
