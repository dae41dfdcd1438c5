"""How raters rate: what the statistics of one rater say beside all the others, and from where on it is a finding.

A finding accuses nobody: it is a question that the performance office may ask (PLB-11, SWL-9, DMI-9: appraisals that
people feel to be unfair). Points lie on the scale of 0 to 120.
"""

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from uuid import UUID

from contracts.base import Frozen
from contracts.policy import Moderation
from scoring.numbers import rounded

MIDDLE = Decimal(100)
"""The middle of what "as expected" covers, 90 to 110 (domain.md 6.4, 5)."""
HUNDRED = Decimal(100)


class FindingCode(StrEnum):
    """What may be found about a rater, or about the predicates of a unit."""

    SOURCE_GAP = "SOURCE_GAP"
    LENIENCY = "LENIENCY"
    SEVERITY = "SEVERITY"
    NARROW_SPREAD = "NARROW_SPREAD"
    CENTRAL_TENDENCY = "CENTRAL_TENDENCY"
    HALO = "HALO"
    NOT_LARGEST = "NOT_LARGEST"
    """The predicate that most people were expected to get is not the largest group."""
    TOO_MANY = "TOO_MANY"
    TOO_FEW = "TOO_FEW"


class Finding(Frozen):
    """One measure beyond its limit."""

    code: FindingCode
    value: Decimal
    limit: Decimal
    about: tuple[str, ...] = ()
    """The predicates, or the sources, that it is about."""


class RaterStatistics(Frozen):
    """The statistics of one rater in one cycle, over people whose result is computed."""

    rater_id: UUID
    people: int
    complete: bool
    """None of the rater's people is still to be assessed."""
    total: Decimal
    """Sum of the people's means, in points."""
    spread: Decimal | None
    """Sample standard deviation of the people's means, in points; None for one person."""
    central_points: Decimal
    """Per cent of the single scores near the middle."""
    correlation: Decimal | None
    """Mean correlation between two criteria over the people; None where nothing varies or there is one criterion."""
    alike: Decimal | None
    """Share of people (0 to 1) with the same number for every criterion; None where there is only one criterion."""
    gap: Decimal | None
    """Mean of the rater's points above the other sources', in points; None where nobody else assessed."""
    gap_people: int = 0

    @property
    def mean(self) -> Fraction:
        return Fraction(self.total) / self.people


class AllRaters(Frozen):
    """All raters of the cycle together: the people they rated and the sum of those people's means, in points."""

    people: int
    total: Decimal

    def others_mean(self, rater: RaterStatistics) -> Fraction | None:
        """The mean that everybody else gave; None where nobody else rated."""
        people = self.people - rater.people
        return (Fraction(self.total) - Fraction(rater.total)) / people if people > 0 else None


def is_judged(policy: Moderation, rater: RaterStatistics) -> bool:
    """Statistics of a few people say nothing; the policy names the smallest group."""
    return rater.people >= policy.minimum_rated


def findings_about(policy: Moderation, rater: RaterStatistics, all_raters: AllRaters) -> tuple[Finding, ...]:
    """What goes beyond the policy's limits; nothing for a group below its minimum."""
    if not is_judged(policy, rater):
        return ()
    found = (
        _level(policy, rater, all_raters),
        _spread(policy, rater),
        _central(policy, rater),
        _halo(policy, rater),
        _gap(policy, rater),
    )
    return tuple(one for one in found if one is not None)


def difference(rater: RaterStatistics, all_raters: AllRaters) -> Decimal | None:
    """How far the rater's mean lies above (or below) the others', in points, rounded half up to two places."""
    # Without the rater's own people: who rates half of a city would else be compared with his or her own ratings.
    others = all_raters.others_mean(rater)
    return None if others is None else rounded(rater.mean - others)


def _level(policy: Moderation, rater: RaterStatistics, all_raters: AllRaters) -> Finding | None:
    above = difference(rater, all_raters)
    # At the limit itself it is no finding: the limit is what is still accepted.
    if above is None or abs(above) <= policy.leniency:
        return None
    code = FindingCode.LENIENCY if above > 0 else FindingCode.SEVERITY
    return Finding(code=code, value=abs(above), limit=policy.leniency)


def _spread(policy: Moderation, rater: RaterStatistics) -> Finding | None:
    if rater.spread is None or rater.spread >= policy.spread_minimum:
        return None
    return Finding(code=FindingCode.NARROW_SPREAD, value=rounded(rater.spread), limit=policy.spread_minimum)


def _central(policy: Moderation, rater: RaterStatistics) -> Finding | None:
    if rater.central_points < policy.central_share:
        return None
    return Finding(code=FindingCode.CENTRAL_TENDENCY, value=rounded(rater.central_points), limit=policy.central_share)


def halo(rater: RaterStatistics) -> Decimal | None:
    """From 0 to 1, how far one impression colours all criteria: they go together, or are one and the same number."""
    # The correlation says nothing where a rater gives everybody the same number; the share of equal numbers does.
    known = [value for value in (rater.correlation, rater.alike) if value is not None]
    return max(known, default=None)


def _halo(policy: Moderation, rater: RaterStatistics) -> Finding | None:
    value = halo(rater)
    if value is None or value < policy.halo_correlation:
        return None
    return Finding(code=FindingCode.HALO, value=rounded(value), limit=policy.halo_correlation)


def _gap(policy: Moderation, rater: RaterStatistics) -> Finding | None:
    """Over enough people, so that it is the rater and not one case."""
    if rater.gap is None or rater.gap_people < policy.minimum_rated or abs(rater.gap) < policy.source_gap:
        return None
    return Finding(code=FindingCode.SOURCE_GAP, value=rounded(rater.gap), limit=policy.source_gap)
