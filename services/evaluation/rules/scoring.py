"""The local score of a city: criteria from indicators and assessors, weighted by the policy, with its whole trace."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from contracts.base import Frozen
from contracts.policy import Criterion, Measure, Policy
from services.evaluation.rules.achievement import achievement
from services.evaluation.rules.bands import band
from services.evaluation.rules.material import Material, Measured
from services.evaluation.rules.numbers import read, rounded, written
from services.evaluation.rules.sources import Dropped, Heard, gap, heard
from services.evaluation.rules.trace import Code, Operand, Step, mean_of


class LocalScore(Frozen):
    """What came out; score and band are None while something is missing."""

    score: Decimal | None
    band: str | None
    criteria: dict[str, Decimal | None]
    dropped: tuple[Dropped, ...]
    incomplete: tuple[str, ...]
    gap: Decimal | None
    """Points between the sources that lie furthest apart."""
    moderation: bool
    trace: tuple[Step, ...]


@dataclass
class _Criteria:
    """The value of each criterion, the steps that lead there, and what is missing."""

    values: dict[str, Fraction | None] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    incomplete: list[str] = field(default_factory=list)


def score(policy: Policy, material: Material) -> LocalScore:
    """The local score; a missing actual leaves it open, and never counts as 0."""
    sources = heard(policy, material.assessments)
    criteria = _criteria(policy, material.indicators, sources)
    total, result = _total(policy, criteria.values)
    name, banded = None, []
    if result is not None:
        name = band(result, policy.bands, innovation_recognised=material.innovation_recognised)
        banded = [_banded(result, name, recognised=material.innovation_recognised)]
    apart = gap(sources)
    allowed = policy.moderation.source_gap
    return LocalScore(
        score=result,
        band=name,
        criteria={code: None if value is None else rounded(value) for code, value in criteria.values.items()},
        dropped=sources.dropped,
        incomplete=tuple(criteria.incomplete),
        gap=None if apart is None else rounded(apart.points),
        moderation=apart is not None and apart.points >= allowed,
        trace=(*sources.steps, *criteria.steps, total, *banded, *([] if apart is None else [apart.step(allowed)])),
    )


def _criteria(policy: Policy, indicators: Sequence[Measured], sources: Heard) -> _Criteria:
    result = _Criteria()
    for criterion in policy.criteria:
        if criterion.measure is Measure.ATTENDANCE:
            continue  # always of weight 0: achievement counts, not presence (Binjai)
        steps, missing = _criterion(criterion, policy, indicators, sources)
        result.steps += steps
        result.incomplete += missing
        value = steps[-1].value
        result.values[criterion.code] = None if value is None else read(value)
    return result


def _criterion(
    criterion: Criterion, policy: Policy, indicators: Sequence[Measured], sources: Heard
) -> tuple[list[Step], list[str]]:
    if criterion.measure is Measure.INDICATORS:
        return _from_indicators(criterion.code, indicators)
    shares = {source.role: source.share for source in policy.sources}
    told = sources.of(criterion.code)
    if not told:
        return [Step(code=Code.MISSING, subject=criterion.code)], [criterion.code]
    parts = [(role.value, value, shares[role]) for role, value in told.items()]
    return [mean_of(Code.SOURCES, criterion.code, parts)], []


def _from_indicators(code: str, indicators: Sequence[Measured]) -> tuple[list[Step], list[str]]:
    if not indicators:
        return [Step(code=Code.MISSING, subject=code)], [code]
    ordered = sorted(indicators, key=lambda one: one.id)
    steps = [_achieved(one) for one in ordered]
    missing = [one.id for one in ordered if one.actual is None]
    if missing:
        return [*steps, Step(code=Code.MISSING, subject=code)], missing
    parts = [(one.id, read(step.value or "0"), one.weight) for one, step in zip(ordered, steps, strict=True)]
    return [*steps, mean_of(Code.INDICATORS, code, parts)], []


def _achieved(one: Measured) -> Step:
    if one.actual is None:
        return Step(code=Code.MISSING, subject=one.id)
    told = {"direction": one.direction.value, "target_lo": written(one.target_lo), "target_hi": written(one.target_hi)}
    told |= {"actual": written(one.actual)}
    reached = achievement(one.direction, one.target_lo, one.target_hi, one.actual)
    operands = [Operand(name=name, value=value) for name, value in told.items()]
    operands.append(Operand(name="raw", value=written(reached.raw)))
    return Step(code=Code.ACHIEVEMENT, subject=one.id, operands=tuple(operands), value=written(reached.used))


def _total(policy: Policy, values: dict[str, Fraction | None]) -> tuple[Step, Decimal | None]:
    """Sum of weight x criterion / 100, rounded once."""
    counted = {code: value for code, value in values.items() if policy.criterion(code).weight > 0}
    known = {code: value for code, value in counted.items() if value is not None}
    if len(known) < len(counted):
        return Step(code=Code.MISSING, subject="local_score"), None
    weights = {code: policy.criterion(code).weight for code in known}
    result = rounded(sum((value * Fraction(weights[code]) for code, value in known.items()), Fraction(0)) / 100)
    operands = tuple(
        Operand(name=code, value=written(value), weight=written(weights[code])) for code, value in known.items()
    )
    return Step(code=Code.LOCAL_SCORE, subject="local_score", operands=operands, value=written(result)), result


def _banded(result: Decimal, name: str, *, recognised: bool) -> Step:
    operands = (
        Operand(name="local_score", value=written(result)),
        Operand(name="innovation_recognised", value=str(recognised).lower()),
    )
    return Step(code=Code.BAND, subject="local_band", operands=operands, value=name)
