"""The local score of a city: criteria from indicators and assessors, weighted by the policy; the trace is told on request.

Everything is exact until the one rounding, half up to two places (domain.md 6.4).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import combinations
from typing import TypeAlias

from contracts.base import AssessorRole
from contracts.policy import Policy
from scoring.achievement import calculated, clamped
from scoring.bands import reached
from scoring.formula import Formula, Part
from scoring.material import Material, Measured
from scoring.ratios import HUNDRED, ONE, ZERO, Ratio, exactly, exceeds, hundredths, mean
from scoring.sources import Dropped, heard
from scoring.trace import Step
from scoring.tracing import tell
from scoring.workings import Gap, Worked

_Says: TypeAlias = tuple[AssessorRole, Mapping[str, Ratio]]


@dataclass(eq=False)
class LocalScore:
    """What came out; score and band are None while something is missing."""

    score: Decimal | None
    band: str | None
    worked: Worked

    @cached_property
    def criteria(self) -> dict[str, Decimal | None]:
        """Every criterion as it is shown, to two places; the score is made of the exact ones."""
        with exactly():
            return {code: None if value is None else hundredths(value) for code, value in self.worked.criteria.items()}

    @property
    def dropped(self) -> tuple[Dropped, ...]:
        """Sources that had too few assessors."""
        return self.worked.heard.dropped

    @property
    def incomplete(self) -> tuple[str, ...]:
        """Indicators without an actual, and criteria that nobody scored."""
        return tuple(self.worked.incomplete)

    @cached_property
    def gap(self) -> Decimal | None:
        """Points between the sources that lie furthest apart."""
        if (found := self.worked.gap) is None:
            return None
        with exactly():
            return hundredths(found.points)

    @property
    def moderation(self) -> bool:
        """Whether the sources lie too far apart."""
        return self.worked.moderation

    @cached_property
    def trace(self) -> tuple[Step, ...]:
        """Every step with its operands."""
        with exactly():
            return tell(self.worked, score=self.score, band=self.band)


def score(policy: Policy, material: Material) -> LocalScore:
    """The local score; a missing actual leaves it open, and never counts as 0."""
    return scored(Formula.of(policy), material)


def scored(formula: Formula, material: Material) -> LocalScore:
    """As :func:`score`, for many people by the same formula."""
    with exactly():
        worked = Worked(formula, material, heard(formula, material.assessments))
        _criteria(worked)
        _compare(worked)
        result = _total(worked)
    name = None
    if result is not None:
        name = reached(result, formula.bands, innovation_recognised=material.innovation_recognised)
    return LocalScore(result, name, worked)


def _criteria(worked: Worked) -> None:
    for part in worked.formula.parts:
        if part.measured:
            value = _from_indicators(part, worked)
        elif (value := _from_sources(part, worked)) is None:
            worked.incomplete.append(part.code)
        worked.criteria[part.code] = value


def _from_indicators(part: Part, worked: Worked) -> Ratio | None:
    """The weighted mean of the achievements; Material saw to it that the weights sum to 100."""
    indicators = worked.material.indicators
    if silent := _silent(part, indicators):
        worked.incomplete += silent
        return None
    numerator, denominator = ZERO, ONE
    for one in indicators:
        top, bottom = _achieved(one)
        if bottom == denominator:
            numerator += one.weight * top
        else:
            numerator, denominator = numerator * bottom + one.weight * top * denominator, denominator * bottom
    return numerator, denominator * HUNDRED


def _silent(part: Part, indicators: Sequence[Measured]) -> list[str]:
    """What keeps the criterion open: indicators without an actual, in one order, or no indicators at all."""
    if not indicators:
        return [part.code]
    return sorted([one.id for one in indicators if one.actual is None])


def _achieved(one: Measured) -> Ratio:
    return clamped(calculated(one.direction, one.target_lo, one.target_hi, one.actual or ZERO))


def _from_sources(part: Part, worked: Worked) -> Ratio | None:
    """The mean of the sources by their shares, of those that say something: the others' shares are theirs."""
    numerator, denominator, shares = ZERO, ONE, ZERO
    for voice in worked.formula.voices:
        said = worked.heard.says.get(voice.role)
        if said is None or part.code not in said:
            continue
        top, bottom = said[part.code]
        numerator, denominator = numerator * bottom + voice.share * top * denominator, denominator * bottom
        shares += voice.share
    return (numerator, denominator * shares) if shares else None


def _total(worked: Worked) -> Decimal | None:
    """Sum of weight x criterion / 100, rounded once."""
    numerator, denominator = ZERO, ONE
    for part in worked.formula.parts:
        if not part.weight:
            continue
        value = worked.criteria[part.code]
        if value is None:
            return None
        top, bottom = value
        numerator, denominator = numerator * bottom + part.weight * top * denominator, denominator * bottom
    return hundredths((numerator, denominator * HUNDRED))


def _compare(worked: Worked) -> None:
    """Find the two sources that lie furthest apart, and whether that is too far."""
    for one, other in combinations(worked.heard.says.items(), 2):
        found = _between(one, other)
        if found is not None and (worked.gap is None or exceeds(found.points, worked.gap.points)):
            worked.gap = found
    if worked.gap is not None:
        top, bottom = worked.gap.points
        worked.moderation = top >= worked.formula.source_gap * bottom


def _between(one: _Says, other: _Says) -> Gap | None:
    """Of the means over the criteria that both assessed."""
    shared = [code for code in one[1] if code in other[1]]
    if not shared:
        return None
    means = {role: mean([says[code] for code in shared]) for role, says in (one, other)}
    (top, bottom), (other_top, other_bottom) = means.values()
    return Gap((abs(top * other_bottom - other_top * bottom), bottom * other_bottom), means)
