"""Recomputes a result from its trace alone: each step from its operands, each operand from the step before it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from contracts.base import Frozen, OrgPerformance, Predicate, Rating
from contracts.plans.plans import Direction
from scoring.achievement import achievement
from scoring.bands import PP30, band_of
from scoring.credit_points import points
from scoring.numbers import read, rounded, weighted_mean, written
from scoring.quadrant import predicate
from scoring.ratings import of_unit_head
from scoring.study_leave import capped
from scoring.trace import Code, Operand, Step


class StoredResult(Frozen):
    """The columns of a result, beside its trace."""

    result_rating: Rating
    behaviour_rating: Rating
    predicate: Predicate
    local_score: Decimal | None
    local_band: str | None
    criteria: Mapping[str, Decimal | None]


def recomputed(step: Step) -> str | None:
    """The value of a step from its operands alone, as ``numbers.written``; its own value where nothing is calculated.

    None for an achievement whose uncapped value does not follow. Raises KeyError where an operand is missing.
    """
    calculate = _CALCULATED.get(step.code)
    return step.value if calculate is None else calculate(step)


def differences(trace: Sequence[Step], stored: StoredResult) -> tuple[str, ...]:
    """Everything that does not follow from the trace, in English words; nothing where all of it does (domain.md 6.6)."""
    return (*_steps(trace), *_links(trace), *_outcome(trace, stored))


def _steps(trace: Sequence[Step]) -> Iterator[str]:
    for step in trace:
        if (value := recomputed(step)) != step.value:
            yield f"{step.code} {step.subject}: {step.value} is stored, {value} follows from its operands"
        if step.code is Code.LOCAL_SCORE and sum(Fraction(one.weight or 0) for one in step.operands) != 100:
            yield f"{step.code} {step.subject}: the weights do not sum to 100"


def _links(trace: Sequence[Step]) -> Iterator[str]:
    """An operand that an earlier step calculated has that step's value."""
    known: dict[str, str | None] = {}
    for step in trace:
        for one in step.operands:
            subject = _subject(step, one)
            if subject in known and known[subject] != one.value:
                yield f"{step.code} {step.subject}: {one.name} is {one.value}, {known[subject]} was calculated"
        # Indicators have ids and criteria codes of their own, so one table of subjects serves all kinds of steps.
        if step.code in _KEPT:
            known[step.subject] = step.value


def _subject(step: Step, one: Operand) -> str | None:
    """The subject of the step that an operand comes from."""
    if step.code in (Code.INDICATORS, Code.LOCAL_SCORE, Code.BAND, Code.PREDICATE, Code.STUDY_LEAVE):
        return one.name
    if step.code is Code.PARTS:
        return f"{one.name}/{step.subject.partition('/')[2]}"
    return f"{step.subject}/{one.name}" if step.code is Code.SOURCES else None


_KEPT = frozenset(
    {
        Code.ACHIEVEMENT,
        Code.INDICATORS,
        Code.ASSESSORS,
        Code.PARTS,
        Code.SOURCES,
        Code.LOCAL_SCORE,
        Code.UNIT_HEAD,
        Code.PREDICATE,
    }
)


def _outcome(trace: Sequence[Step], stored: StoredResult) -> Iterator[str]:
    """The columns of the result against the last word of the trace about each."""
    last = {(step.code, step.subject): step for step in trace}
    values = {code: step.value for (code, _), step in last.items()}
    yield from _unequal("local_score", _number(values.get(Code.LOCAL_SCORE)), stored.local_score)
    yield from _unequal("local_band", values.get(Code.BAND), stored.local_band)
    yield from _unequal("predicate", values.get(Code.STUDY_LEAVE, values.get(Code.PREDICATE)), stored.predicate.value)
    if (table := last.get((Code.PREDICATE, "predicate"))) is not None:
        yield from _unequal("result_rating", table.operand("result_rating"), stored.result_rating.value)
        yield from _unequal("behaviour_rating", table.operand("behaviour_rating"), stored.behaviour_rating.value)
    # Criteria are stored rounded and traced exactly.
    for code, shown in stored.criteria.items():
        step = last.get((Code.INDICATORS, code)) or last.get((Code.SOURCES, code))
        exact = None if step is None or step.value is None else rounded(read(step.value))
        yield from _unequal(f"criteria.{code}", exact, shown)


def _unequal(name: str, found: object, shown: object) -> Iterator[str]:
    if found != shown:
        yield f"{name}: {shown} is stored, {found} follows from the trace"


def _number(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _achievement(step: Step) -> str | None:
    lo, hi, actual = (Decimal(step.operand(name)) for name in ("target_lo", "target_hi", "actual"))
    made = achievement(Direction(step.operand("direction")), lo, hi, actual)
    # The uncapped value is an operand, not the step's value: a changed one must be found out as well.
    return written(made.used) if written(made.raw) == step.operand("raw") else None


def _mean(step: Step) -> str | None:
    return written(weighted_mean((read(one.value), read(one.weight or "1")) for one in step.operands))


def _assessors(step: Step) -> str | None:
    """Anonymous ones by their sum and count; before the sum was kept, a mean stood for itself."""
    values = {one.name: one.value for one in step.operands}
    if "count" not in values:
        return _mean(step)
    return written(read(values["sum"]) / int(values["count"])) if "sum" in values else step.value


def _sum(step: Step) -> str | None:
    total = sum((read(one.value) * read(one.weight or "0") for one in step.operands), Fraction(0))
    return written(rounded(total / 100))


def _band(step: Step) -> str | None:
    inputs = ("local_score", "innovation_recognised")
    edges = [(one.name, Decimal(one.value)) for one in step.operands if one.name not in inputs]
    recognised = step.operand("innovation_recognised") == "true"
    # Before a step held the edges of the policy, every city had those of PP 30.
    return band_of(Decimal(step.operand("local_score")), edges or PP30, innovation_recognised=recognised)


def _gap(step: Step) -> str | None:
    one, other = (read(operand.value) for operand in step.operands if operand.name != "allowed")
    return written(abs(one - other))


def _unit_head(step: Step) -> str | None:
    return of_unit_head(OrgPerformance(step.operand("org_performance"))).value


def _predicate(step: Step) -> str | None:
    return predicate(Rating(step.operand("result_rating")), Rating(step.operand("behaviour_rating"))).value


def _study_leave(step: Step) -> str | None:
    return capped(Predicate(step.operand("predicate"))).value


def _credit(step: Step) -> str | None:
    percent, coefficient = Decimal(step.operand("percent")), Decimal(step.operand("coefficient"))
    return str(points(percent, coefficient, int(step.operand("months"))))


_CALCULATED: Mapping[Code, Callable[[Step], str | None]] = {
    Code.ACHIEVEMENT: _achievement,
    Code.INDICATORS: _mean,
    Code.ASSESSORS: _assessors,
    Code.PARTS: _mean,
    Code.SOURCES: _mean,
    Code.LOCAL_SCORE: _sum,
    Code.PP30: _sum,
    Code.BAND: _band,
    Code.SOURCE_GAP: _gap,
    Code.UNIT_HEAD: _unit_head,
    Code.PREDICATE: _predicate,
    Code.STUDY_LEAVE: _study_leave,
    Code.CREDIT: _credit,
}
