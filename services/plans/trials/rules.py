"""What a trial plan says, the hints that a real plan would get, and what its actuals would make."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, NamedTuple

from pydantic import Field

from contracts.base import Frozen
from contracts.policy import Policy
from kit.errors import Invalid, Refused
from scoring.achievement import achievement
from scoring.numbers import rounded, weighted_mean
from services.plans.plans.rules.content import MOST_INDICATORS, Content, Indicator, WorkResult
from services.plans.plans.rules.proposal import Finding, blocking, hints

MOST_TRIALS = 10
"""So many one person keeps at a time: enough to compare, and not a second place for plans."""
_STATEMENT = "-"
_WHERE = "results.0."

Actual = Annotated[Decimal, Field(ge=-(10**16), le=10**16, max_digits=20, decimal_places=4)]


class TrialIndicator(Indicator):
    """An indicator as in a real plan, with the actual that somebody tries out."""

    actual: Actual | None = None


class TrialContent(Frozen):
    """The indicators of a trial plan."""

    indicators: tuple[TrialIndicator, ...] = Field(min_length=1, max_length=MOST_INDICATORS)


class Tried(NamedTuple):
    """What an actual would make of an indicator, in percent of its target."""

    calculated: Decimal
    counted: Decimal
    """After the cap and the floor."""


def tried(one: TrialIndicator) -> Tried | None:
    """As the scoring engine computes it; None without an actual, or where nothing can be measured against the target."""
    if one.actual is None:
        return None
    try:
        found = achievement(one.direction, one.target_lo, one.target_hi, one.actual)
    except Invalid:
        return None  # the findings say what is wrong with the target
    return Tried(rounded(found.raw), rounded(found.used))


def total(indicators: Sequence[TrialIndicator]) -> Decimal | None:
    """The weighted achievement of the whole; None while an indicator has none, or the weights are not 100."""
    made = []
    for one in indicators:
        if one.actual is None or tried(one) is None:
            return None
        used = achievement(one.direction, one.target_lo, one.target_hi, one.actual).used
        made.append((used, Fraction(one.weight)))
    return rounded(weighted_mean(made)) if sum(weight for _, weight in made) == 100 else None


def findings(written: TrialContent, policy: Policy | None) -> list[Finding]:
    """What a real plan with these indicators would be told; of links to goals, which a trial has none of, nothing."""
    plain = tuple(Indicator.model_validate(one.model_dump(exclude={"actual"})) for one in written.indicators)
    content = Content(results=(WorkResult(statement=_STATEMENT, goal=_STATEMENT, indicators=plain),))
    usual = [] if policy is None else hints(content, policy.model_copy(update={"goals": ()}))
    found = [*blocking(content), *usual]
    return [one.model_copy(update={"where": _place(one.where)}) for one in found]


def _place(where: str) -> str:
    """Where it lies in the trial: its indicators stand in no result."""
    return "indicators" if where == "results" else where.removeprefix(_WHERE)


def require_room(kept: int) -> None:
    """Raises Refused for one more than a person may keep."""
    if kept >= MOST_TRIALS:
        raise Refused(
            f"you keep {kept} trial plans already: remove one first",
            f"Anda sudah menyimpan {kept} rencana coba: hapus salah satu dahulu",
        )
