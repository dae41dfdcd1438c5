"""Writes the trace of a local score: every step from the inputs to the band, with its operands and its exact value.

Anonymous assessors appear as a count and a sum, and not at all where fewer answered than the policy's minimum.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from scoring.achievement import calculated, clamped
from scoring.calculation import Calculation, Gap
from scoring.formula import Formula, Source, WeightedCriterion
from scoring.inputs import MeasuredIndicator
from scoring.numbers import quotient, written
from scoring.ratios import ZERO, Ratio
from scoring.sources import LeftOut, Scores, summed
from scoring.trace import Code, Operand, Step


def steps(calculation: Calculation, *, score: Decimal | None, band: str | None) -> tuple[Step, ...]:
    """Every step, each after the steps that it builds on; to be called inside ``ratios.exactly``."""
    formula, by_source = calculation.formula, calculation.by_source
    found = [_policy(formula), *(_left_out(one) for one in by_source.left_out)]
    for source in formula.sources:
        for criterion in formula.criteria:
            if criterion.code in by_source.means.get(source.role, ()):
                found += _of_source(source, criterion, calculation)
    for criterion in formula.criteria:
        found += _measured(criterion, calculation) if criterion.measured else _scored(criterion, calculation)
    found.append(_total(calculation, score))
    if score is not None and band is not None:
        found.append(_band(calculation, score, band))
    if calculation.gap is not None:
        found.append(_gap(calculation.gap, formula.source_gap))
    return tuple(found)


def _operands(values: Mapping[str, str]) -> tuple[Operand, ...]:
    return tuple(Operand(name=name, value=value) for name, value in values.items())


def _policy(formula: Formula) -> Step:
    operands = _operands({"version": str(formula.version)})
    return Step(code=Code.POLICY, subject="policy", operands=operands, value=formula.scope)


def _left_out(one: LeftOut) -> Step:
    operands = _operands({"received": str(one.received), "minimum": str(one.source.minimum)})
    role = one.source.role.value
    subject = role if one.criterion is None else f"{one.criterion}/{role}"
    return Step(code=Code.SOURCE_DROPPED, subject=subject, operands=operands)


def _of_source(source: Source, criterion: WeightedCriterion, calculation: Calculation) -> Iterator[Step]:
    """From the assessors' numbers to the mean of their source."""
    given, means = calculation.by_source.given[source.role], []
    for code in criterion.codes:
        step = _assessors(source, code, given)
        means.append(Operand(name=code, value=step.value or "0", weight="1"))
        yield step
    if criterion.codes != (criterion.code,):
        value = _exact(calculation.by_source.means[source.role][criterion.code])
        yield Step(code=Code.PARTS, subject=f"{criterion.code}/{source.role}", operands=tuple(means), value=value)


def _assessors(source: Source, code: str, given: Sequence[Scores]) -> Step:
    total, count = summed(code, given)
    if source.anonymous:
        operands = _operands({"count": str(count), "sum": written(total)})
    else:
        # In ascending order and without names: the order of entry, which might say who it was, is not kept.
        numbers = sorted(scores[code] for scores in given if code in scores)
        operands = tuple(
            Operand(name=str(place), value=written(number), weight="1") for place, number in enumerate(numbers, start=1)
        )
    value = _exact((total, Decimal(count)))
    return Step(code=Code.ASSESSORS, subject=f"{code}/{source.role}", operands=operands, value=value)


def _measured(criterion: WeightedCriterion, calculation: Calculation) -> Iterator[Step]:
    indicators = sorted(calculation.inputs.indicators, key=lambda one: one.id)
    for one in indicators:
        if one.corrected:
            yield _correction(one)
        yield _achievement(one)
    value = calculation.criteria[criterion.code]
    if value is None:
        yield Step(code=Code.MISSING, subject=criterion.code)
        return
    operands = tuple(Operand(name=one.id, value=_exact(_used(one)), weight=written(one.weight)) for one in indicators)
    yield Step(code=Code.INDICATORS, subject=criterion.code, operands=operands, value=_exact(value))


def _correction(one: MeasuredIndicator) -> Step:
    decided = written(one.actual or ZERO)
    before = {} if one.reported is None else {"before": written(one.reported)}
    operands = _operands(before | {"decided": decided})
    return Step(code=Code.CORRECTED, subject=f"{one.id}/actual", operands=operands, value=decided)


def _used(one: MeasuredIndicator) -> Ratio:
    return clamped(calculated(one.direction, one.target_lo, one.target_hi, one.actual or ZERO))


def _achievement(one: MeasuredIndicator) -> Step:
    if one.actual is None:
        return Step(code=Code.MISSING, subject=one.id)
    raw = calculated(one.direction, one.target_lo, one.target_hi, one.actual)
    values = {
        "direction": one.direction.value,
        "target_lo": written(one.target_lo),
        "target_hi": written(one.target_hi),
        "actual": written(one.actual),
        "raw": _exact(raw),
    }
    return Step(code=Code.ACHIEVEMENT, subject=one.id, operands=_operands(values), value=_exact(clamped(raw)))


def _scored(criterion: WeightedCriterion, calculation: Calculation) -> Iterator[Step]:
    """What the sources make of it, and what a decision made of that."""
    code, decided = criterion.code, calculation.inputs.decided.get(criterion.code)
    if decided is None:
        yield _from_sources(criterion, calculation.criteria[code], calculation)
        return
    value = calculation.assessed[code]
    yield _from_sources(criterion, value, calculation)
    before = {} if value is None else {"before": _exact(value)}
    operands = _operands(before | {"decided": written(decided)})
    yield Step(code=Code.AMENDED, subject=code, operands=operands, value=written(decided))


def _from_sources(criterion: WeightedCriterion, value: Ratio | None, calculation: Calculation) -> Step:
    means = calculation.by_source.means
    if value is None:
        return Step(code=Code.MISSING, subject=criterion.code)
    operands = tuple(
        Operand(name=one.role.value, value=_exact(means[one.role][criterion.code]), weight=written(one.share))
        for one in calculation.formula.sources
        if criterion.code in means.get(one.role, ())
    )
    return Step(code=Code.SOURCES, subject=criterion.code, operands=operands, value=_exact(value))


def _total(calculation: Calculation, score: Decimal | None) -> Step:
    if score is None:
        return Step(code=Code.MISSING, subject="local_score")
    operands = tuple(
        Operand(name=one.code, value=_exact(value), weight=written(one.weight))
        for one in calculation.formula.criteria
        if one.weight and (value := calculation.criteria[one.code]) is not None
    )
    return Step(code=Code.LOCAL_SCORE, subject="local_score", operands=operands, value=written(score))


def _band(calculation: Calculation, score: Decimal, band: str) -> Step:
    """With the edges of the policy, best first, so that the band follows from the step alone."""
    recognised = str(calculation.inputs.innovation_recognised).lower()
    values = {"local_score": written(score), "innovation_recognised": recognised}
    values |= {name: written(edge) for name, edge in calculation.formula.bands}
    return Step(code=Code.BAND, subject="local_band", operands=_operands(values), value=band)


def _gap(gap: Gap, allowed: Decimal) -> Step:
    values = {role.value: _exact(value) for role, value in gap.means.items()} | {"allowed": written(allowed)}
    return Step(code=Code.SOURCE_GAP, subject="sources", operands=_operands(values), value=_exact(gap.points))


def _exact(ratio: Ratio) -> str:
    (top, above), (bottom, below) = (one.as_integer_ratio() for one in ratio)
    return quotient(top * below, above * bottom)
