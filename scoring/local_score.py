"""The local score of a city: criteria from indicators and assessors, weighted by the policy; its trace on request.

Everything is exact until the one rounding, half up to two places (docs/domain.md 6.4).
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
from scoring.bands import band_of
from scoring.calculation import Calculation, Gap
from scoring.formula import Formula, WeightedCriterion
from scoring.inputs import MeasuredIndicator, ScoreInputs
from scoring.ratios import HUNDRED, ONE, ZERO, Ratio, exactly, exceeds, hundredths, mean
from scoring.sources import DroppedSource, by_source
from scoring.trace import Step
from scoring.tracing import steps

_Means: TypeAlias = tuple[AssessorRole, Mapping[str, Ratio]]


@dataclass(eq=False)
class LocalScore:
    """Score (0 to 120, two places) and the policy's band of it; both are None while something is missing."""

    score: Decimal | None
    band: str | None
    calculation: Calculation

    @cached_property
    def criteria(self) -> dict[str, Decimal | None]:
        """Every criterion as it is shown, to two places; the score is made of the exact ones."""
        with exactly():
            exact = self.calculation.criteria
            return {code: None if value is None else hundredths(value) for code, value in exact.items()}

    @property
    def dropped(self) -> tuple[DroppedSource, ...]:
        """Sources that had too few assessors."""
        return self.calculation.by_source.dropped

    @property
    def incomplete(self) -> tuple[str, ...]:
        """Ids of indicators without an actual, and codes of criteria that nobody scored."""
        return tuple(self.calculation.incomplete)

    @cached_property
    def gap(self) -> Decimal | None:
        """Points between the sources that lie furthest apart, to two places; None unless two can be compared."""
        if (found := self.calculation.gap) is None:
            return None
        with exactly():
            return hundredths(found.points)

    @property
    def moderation(self) -> bool:
        """Whether the sources lie so far apart that the policy has the result moderated."""
        return self.calculation.moderation

    @cached_property
    def trace(self) -> tuple[Step, ...]:
        """Every step with its operands."""
        # Written when somebody asks: a simulation scores a whole city and reads no trace.
        with exactly():
            return steps(self.calculation, score=self.score, band=self.band)


def score(policy: Policy, inputs: ScoreInputs) -> LocalScore:
    """The local score; a missing actual leaves it open, and never counts as 0 (docs/domain.md 6.4, 1).

    Raises Invalid for a target that measures nothing, and for assessments that the policy does not know.
    """
    return score_by(Formula.of(policy), inputs)


def score_by(formula: Formula, inputs: ScoreInputs) -> LocalScore:
    """As :func:`score`, for many people by the same formula."""
    with exactly():
        calculation = Calculation(formula, inputs, by_source(formula, inputs.assessments))
        _criteria(calculation)
        _compare_sources(calculation)
        total = _total(calculation)
    band = None
    if total is not None:
        band = band_of(total, formula.bands, innovation_recognised=inputs.innovation_recognised)
    return LocalScore(total, band, calculation)


def _criteria(calculation: Calculation) -> None:
    for criterion in calculation.formula.criteria:
        if criterion.measured:
            value = _from_indicators(criterion, calculation)
        elif (value := _decided(criterion, calculation)) is None:
            calculation.incomplete.append(criterion.code)
        calculation.criteria[criterion.code] = value


def _decided(criterion: WeightedCriterion, calculation: Calculation) -> Ratio | None:
    """What a decision set, where there is one; else what the sources make of it."""
    value = _from_sources(criterion, calculation)
    if (decided := calculation.inputs.decided.get(criterion.code)) is None:
        return value
    calculation.assessed[criterion.code] = value
    return decided, ONE


def _from_indicators(criterion: WeightedCriterion, calculation: Calculation) -> Ratio | None:
    """The weighted mean of the achievements; ScoreInputs saw to it that the weights sum to 100."""
    indicators = calculation.inputs.indicators
    if missing := _missing(criterion, indicators):
        calculation.incomplete += missing
        return None
    numerator, denominator = ZERO, ONE
    for one in indicators:
        top, bottom = _achieved(one)
        if bottom == denominator:
            numerator += one.weight * top
        else:
            numerator, denominator = numerator * bottom + one.weight * top * denominator, denominator * bottom
    return numerator, denominator * HUNDRED


def _missing(criterion: WeightedCriterion, indicators: Sequence[MeasuredIndicator]) -> list[str]:
    """What keeps the criterion open: indicators without an actual, in one order, or no indicators at all."""
    if not indicators:
        return [criterion.code]
    return sorted([one.id for one in indicators if one.actual is None])


def _achieved(one: MeasuredIndicator) -> Ratio:
    return clamped(calculated(one.direction, one.target_lo, one.target_hi, one.actual or ZERO))


def _from_sources(criterion: WeightedCriterion, calculation: Calculation) -> Ratio | None:
    """The mean of the sources by their shares; the share of one that has no mean goes to the others in proportion."""
    numerator, denominator, shares = ZERO, ONE, ZERO
    for source in calculation.formula.sources:
        means = calculation.by_source.means.get(source.role)
        if means is None or criterion.code not in means:
            continue
        top, bottom = means[criterion.code]
        numerator, denominator = numerator * bottom + source.share * top * denominator, denominator * bottom
        shares += source.share
    return (numerator, denominator * shares) if shares else None


def _total(calculation: Calculation) -> Decimal | None:
    """Sum of weight x criterion / 100, rounded once."""
    numerator, denominator = ZERO, ONE
    for criterion in calculation.formula.criteria:
        if not criterion.weight:  # one of weight 0 may be open without keeping the score open
            continue
        value = calculation.criteria[criterion.code]
        if value is None:
            return None
        top, bottom = value
        numerator, denominator = numerator * bottom + criterion.weight * top * denominator, denominator * bottom
    return hundredths((numerator, denominator * HUNDRED))


def _compare_sources(calculation: Calculation) -> None:
    """Find the two sources that lie furthest apart, and whether that is too far."""
    for one, other in combinations(calculation.by_source.means.items(), 2):
        found = _gap(one, other)
        if found is not None and (calculation.gap is None or exceeds(found.points, calculation.gap.points)):
            calculation.gap = found
    if calculation.gap is not None:
        top, bottom = calculation.gap.points
        calculation.moderation = top >= calculation.formula.source_gap * bottom


def _gap(one: _Means, other: _Means) -> Gap | None:
    """Between the means over the criteria that both assessed; None if there are none."""
    shared = [code for code in one[1] if code in other[1]]
    if not shared:
        return None
    means = {role: mean([values[code] for code in shared]) for role, values in (one, other)}
    (top, bottom), (other_top, other_bottom) = means.values()
    return Gap((abs(top * other_bottom - other_top * bottom), bottom * other_bottom), means)
