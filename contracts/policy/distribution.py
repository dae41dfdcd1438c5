"""How predicates may be spread in a unit, by the achievement of its organisation: guidance for a leader, never a quota.

SE MenPANRB 3/2023; PermenPANRB 6/2022 art. 24 ("ideally most" get the predicate that corresponds to it).
"""

from decimal import Decimal
from typing import Self

from pydantic import Field, model_validator

from contracts.base import Frozen, OrgPerformance, Predicate
from contracts.policy.bounds import MOST_PEOPLE, Number

HUNDRED = Decimal(100)


class DistributionLimit(Frozen):
    """How many of a unit's people get one of these predicates, all of them taken together."""

    predicates: tuple[Predicate, ...] = Field(min_length=1)
    at_least: Number = Field(default=Decimal(0), ge=0, le=100)
    """Per cent of the unit's people."""
    at_most: Number = Field(default=HUNDRED, ge=0, le=100)
    """Per cent of the unit's people."""
    heads: int = Field(default=0, ge=0, le=MOST_PEOPLE)
    """At least so many people, whatever the size of the unit."""


class DistributionGuide(Frozen):
    """What is expected of a unit whose organisation achieved so much."""

    shares: dict[Predicate, Number]
    """Expected per cent of people by predicate; they sum to 100 and become head counts by largest remainder."""
    largest: Predicate | None = None
    """The predicate that most people get."""
    limits: tuple[DistributionLimit, ...] = ()

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if (total := sum(self.shares.values())) != HUNDRED:
            raise ValueError(f"the shares of the distribution sum to {total}, not to 100: change them so that they do")
        return self


def _guide(shares: str, largest: Predicate | None, *limits: DistributionLimit) -> DistributionGuide:
    numbers = (Decimal(share) for share in shares.split())
    return DistributionGuide(shares=dict(zip(Predicate, numbers, strict=True)), largest=largest, limits=limits)


def _limit(*predicates: Predicate, at_least: int = 0, at_most: int = 100, heads: int = 0) -> DistributionLimit:
    return DistributionLimit(predicates=predicates, at_least=Decimal(at_least), at_most=Decimal(at_most), heads=heads)


_VG, _G, _NI, _P, _VP = Predicate


class Distribution(Frozen):
    """The guidance as a city uses it; a leader may deviate with a recorded reason."""

    smallest_unit: int = Field(default=10, ge=1, le=MOST_PEOPLE)
    """With fewer people percentages mean nothing, and nothing is checked."""
    reason_required: bool = True
    """A leader who deviates records why."""
    guides: dict[OrgPerformance, DistributionGuide] = Field(
        default={
            OrgPerformance.OUTSTANDING: _guide("60 35 5 0 0", _VG, _limit(_VG, at_most=70)),
            OrgPerformance.GOOD: _guide("20 70 10 0 0", _G, _limit(_G, at_most=70), _limit(_NI, _P, heads=1)),
            OrgPerformance.NEEDS_IMPROVEMENT: _guide(
                "5 25 65 5 0", _NI, _limit(_NI, at_least=60), _limit(_VG, at_most=10)
            ),
            OrgPerformance.POOR: _guide(
                "5 10 20 60 5", _P, _limit(_P, at_least=60), _limit(_NI, at_least=10), _limit(_VG, at_most=10)
            ),
            OrgPerformance.VERY_POOR: _guide(
                "0 10 10 15 65", _VP, _limit(_VP, at_least=60), _limit(_NI, _P, at_least=10), _limit(_VG, at_most=0)
            ),
        }
    )
    """By the organisation's achievement."""
