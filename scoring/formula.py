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
    """What an assessor gives a number for: a criterion, or its parts."""
    return frozenset(code for criterion in criteria for code in (criterion.parts or (criterion.code,)))


@dataclass(frozen=True, slots=True)
class Voice:
    """One kind of assessor."""

    role: AssessorRole
    share: Decimal
    minimum: int
    anonymous: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One criterion of the score; attendance is none, it always has weight 0 (Binjai)."""

    code: str
    weight: Decimal
    measured: bool
    """By the plan's indicators, not by assessors."""
    codes: tuple[str, ...]
    """What assessors give a number for: the criterion itself, or its parts."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A policy ready to score by."""

    scope: str
    version: int
    voices: tuple[Voice, ...]
    parts: tuple[Part, ...]
    scored: frozenset[str]
    """Every code that an assessor may give a number for."""
    bands: tuple[tuple[str, Decimal], ...]
    """Name and lower edge, best first."""
    source_gap: Decimal

    @classmethod
    def of(cls, policy: Policy) -> "Formula":
        """The formula of an effective policy."""
        return cls(
            scope=policy.scope,
            version=policy.version,
            voices=tuple(Voice(one.role, one.share, one.minimum, one.anonymous) for one in policy.sources),
            parts=tuple(
                Part(one.code, one.weight, one.measure is Measure.INDICATORS, one.parts or (one.code,))
                for one in policy.criteria
                if one.measure is not Measure.ATTENDANCE
            ),
            scored=scored_codes(assessed(policy)),
            bands=tuple(
                (one.name, one.at_least) for one in sorted(policy.bands, key=lambda one: one.at_least, reverse=True)
            ),
            source_gap=policy.moderation.source_gap,
        )
