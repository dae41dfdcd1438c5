"""Tells the trace of a local score: every step from the material to the band, with its operands and its exact value.

Anonymous assessors appear as a count and a sum, and not at all where fewer answered than the policy's minimum.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from scoring.achievement import calculated, clamped
from scoring.formula import Formula, Part, Voice
from scoring.material import Measured
from scoring.numbers import quotient, written
from scoring.ratios import ZERO, Ratio
from scoring.sources import Lost, Scores, summed
from scoring.trace import Code, Operand, Step
from scoring.workings import Gap, Worked


def tell(worked: Worked, *, score: Decimal | None, band: str | None) -> tuple[Step, ...]:
    """Every step, each after the steps that it builds on."""
    steps = [_policy(worked.formula), *(_lost(one) for one in worked.heard.lost)]
    for voice in worked.formula.voices:
        for part in worked.formula.parts:
            if part.code in worked.heard.says.get(voice.role, ()):
                steps += _said(voice, part, worked)
    for part in worked.formula.parts:
        steps += _measured(part, worked) if part.measured else [_from_sources(part, worked)]
    steps.append(_total(worked, score))
    if score is not None and band is not None:
        steps.append(_banded(worked, score, band))
    if worked.gap is not None:
        steps.append(_apart(worked.gap, worked.formula.source_gap))
    return tuple(steps)


def _policy(formula: Formula) -> Step:
    version = Operand(name="version", value=str(formula.version))
    return Step(code=Code.POLICY, subject="policy", operands=(version,), value=formula.scope)


def _lost(one: Lost) -> Step:
    told = {"received": one.received, "minimum": one.voice.minimum}
    operands = tuple(Operand(name=name, value=str(value)) for name, value in told.items())
    role = one.voice.role.value
    subject = role if one.criterion is None else f"{one.criterion}/{role}"
    return Step(code=Code.SOURCE_DROPPED, subject=subject, operands=operands)


def _said(voice: Voice, part: Part, worked: Worked) -> Iterator[Step]:
    """From the assessors' numbers to what the source says."""
    given, means = worked.heard.given[voice.role], []
    for code in part.codes:
        step = _assessors(voice, code, given)
        means.append(Operand(name=code, value=step.value or "0", weight="1"))
        yield step
    if part.codes != (part.code,):
        value = _exact(worked.heard.says[voice.role][part.code])
        yield Step(code=Code.PARTS, subject=f"{part.code}/{voice.role}", operands=tuple(means), value=value)


def _assessors(voice: Voice, code: str, given: Sequence[Scores]) -> Step:
    total, count = summed(code, given)
    if voice.anonymous:
        operands = [Operand(name="count", value=str(count)), Operand(name="sum", value=written(total))]
    else:
        numbers = sorted(scores[code] for scores in given if code in scores)
        operands = [
            Operand(name=str(place), value=written(number), weight="1") for place, number in enumerate(numbers, start=1)
        ]
    value = _exact((total, Decimal(count)))
    return Step(code=Code.ASSESSORS, subject=f"{code}/{voice.role}", operands=tuple(operands), value=value)


def _measured(part: Part, worked: Worked) -> Iterator[Step]:
    indicators = sorted(worked.material.indicators, key=lambda one: one.id)
    for one in indicators:
        yield _achieved(one)
    value = worked.criteria[part.code]
    if value is None:
        yield Step(code=Code.MISSING, subject=part.code)
        return
    operands = tuple(Operand(name=one.id, value=_exact(_used(one)), weight=written(one.weight)) for one in indicators)
    yield Step(code=Code.INDICATORS, subject=part.code, operands=operands, value=_exact(value))


def _used(one: Measured) -> Ratio:
    return clamped(calculated(one.direction, one.target_lo, one.target_hi, one.actual or ZERO))


def _achieved(one: Measured) -> Step:
    if one.actual is None:
        return Step(code=Code.MISSING, subject=one.id)
    raw = calculated(one.direction, one.target_lo, one.target_hi, one.actual)
    told = {
        "direction": one.direction.value,
        "target_lo": written(one.target_lo),
        "target_hi": written(one.target_hi),
        "actual": written(one.actual),
        "raw": _exact(raw),
    }
    operands = tuple(Operand(name=name, value=value) for name, value in told.items())
    return Step(code=Code.ACHIEVEMENT, subject=one.id, operands=operands, value=_exact(clamped(raw)))


def _from_sources(part: Part, worked: Worked) -> Step:
    says = worked.heard.says
    told = [voice for voice in worked.formula.voices if part.code in says.get(voice.role, ())]
    value = worked.criteria[part.code]
    if value is None:
        return Step(code=Code.MISSING, subject=part.code)
    operands = tuple(
        Operand(name=voice.role.value, value=_exact(says[voice.role][part.code]), weight=written(voice.share))
        for voice in told
    )
    return Step(code=Code.SOURCES, subject=part.code, operands=operands, value=_exact(value))


def _total(worked: Worked, score: Decimal | None) -> Step:
    if score is None:
        return Step(code=Code.MISSING, subject="local_score")
    operands = tuple(
        Operand(name=part.code, value=_exact(value), weight=written(part.weight))
        for part in worked.formula.parts
        if part.weight and (value := worked.criteria[part.code]) is not None
    )
    return Step(code=Code.LOCAL_SCORE, subject="local_score", operands=operands, value=written(score))


def _banded(worked: Worked, score: Decimal, band: str) -> Step:
    """With the edges of the policy, best first, so that the band follows from the step alone."""
    told = {
        "local_score": written(score),
        "innovation_recognised": str(worked.material.innovation_recognised).lower(),
    } | {name: written(edge) for name, edge in worked.formula.bands}
    operands = tuple(Operand(name=name, value=value) for name, value in told.items())
    return Step(code=Code.BAND, subject="local_band", operands=operands, value=band)


def _apart(gap: Gap, allowed: Decimal) -> Step:
    told = {role.value: _exact(value) for role, value in gap.means.items()} | {"allowed": written(allowed)}
    operands = tuple(Operand(name=name, value=value) for name, value in told.items())
    return Step(code=Code.SOURCE_GAP, subject="sources", operands=operands, value=_exact(gap.points))


def _exact(ratio: Ratio) -> str:
    (top, above), (bottom, below) = (one.as_integer_ratio() for one in ratio)
    return quotient(top * below, above * bottom)
