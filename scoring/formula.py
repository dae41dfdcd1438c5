"""What of a policy decides a local score, laid out once so that many people are scored by it quickly."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from contracts.base import AssessorRole
from contracts.policy import Criterion, Measure, Policy


def assessed(policy: Policy) -> tuple[Criterion, ...]:
    """The criteria that people score."""
    return tuple(criterion for criterion in policy.criteria if criterion.measure is Measure.ASSESSMENT)


def scored_codes(criteria: Iterable[Criterion]) -> frozenset[str]:
    """The codes that an assessor gives a number for: that of a criterion, or those of its parts."""
    return frozenset(code for criterion in criteria for code in (criterion.parts or (criterion.code,)))


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of assessor."""

    role: AssessorRole
    share: Decimal
    """Percent of an assessed criterion; that of a source which is left out goes to the others."""
    minimum: int
    """With fewer assessors the source is left out."""
    anonymous: bool


@dataclass(frozen=True, slots=True)
class WeightedCriterion:
    """One criterion of the score."""

    code: str
    weight: Decimal
    """Percent of the local score."""
    measured: bool
    """By the plan's indicators, not by assessors."""
    codes: tuple[str, ...]
    """What assessors give a number for: the criterion itself, or its parts."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A policy ready to score by; the weights of its criteria sum to 100, as the policy's own check demands."""

    scope: str
    version: int
    sources: tuple[Source, ...]
    criteria: tuple[WeightedCriterion, ...]
    scored: frozenset[str]
    """Every code that an assessor may give a number for."""
    bands: tuple[tuple[str, Decimal], ...]
    """Name and lower edge on the scale of 0 to 120, best first."""
    source_gap: Decimal
    """Points between two sources from which on the result is moderated."""

    @classmethod
    def of(cls, policy: Policy) -> "Formula":
        """The formula of an effective policy."""
        return cls(
            scope=policy.scope,
            version=policy.version,
            sources=tuple(Source(one.role, one.share, one.minimum, one.anonymous) for one in policy.sources),
            # Attendance always has weight 0 (Binjai, article 003): it is shown, and no part of the score.
            criteria=tuple(
                WeightedCriterion(one.code, one.weight, one.measure is Measure.INDICATORS, one.parts or (one.code,))
                for one in policy.criteria
                if one.measure is not Measure.ATTENDANCE
            ),
            scored=scored_codes(assessed(policy)),
            bands=tuple(
                (one.name, one.at_least) for one in sorted(policy.bands, key=lambda one: one.at_least, reverse=True)
            ),
            source_gap=policy.moderation.source_gap,
        )
