"""Recomputes a result from its trace alone: each step from its operands, each operand from the step before it."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from contracts.base import Frozen, Predicate, Rating
from scoring.numbers import read, rounded
from scoring.recalculation import recomputed
from scoring.trace import Code, Operand, Step


class StoredResult(Frozen):
    """The columns of a result, beside its trace."""

    result_rating: Rating
    behaviour_rating: Rating
    predicate: Predicate
    local_score: Decimal | None
    local_band: str | None
    criteria: Mapping[str, Decimal | None]


def differences(trace: Sequence[Step], stored: StoredResult) -> tuple[str, ...]:
    """Everything that does not follow from the trace, in English words; nothing where all of it does (docs/domain.md 6.6)."""
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
    if step.code is Code.AMENDED:
        return step.subject if one.name == "before" else None
    if step.code is Code.ACHIEVEMENT:
        return f"{step.subject}/actual" if one.name == "actual" else None
    return f"{step.subject}/{one.name}" if step.code is Code.SOURCES else None


_KEPT = frozenset(
    {
        Code.ACHIEVEMENT,
        Code.INDICATORS,
        Code.ASSESSORS,
        Code.PARTS,
        Code.SOURCES,
        Code.AMENDED,
        Code.CORRECTED,
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
        step = next((last[one, code] for one in _CRITERION if (one, code) in last), None)
        exact = None if step is None or step.value is None else rounded(read(step.value))
        yield from _unequal(f"criteria.{code}", exact, shown)


_CRITERION = (Code.AMENDED, Code.INDICATORS, Code.SOURCES)
"""What the last word about a criterion may be, the strongest first."""


def _unequal(name: str, found: object, shown: object) -> Iterator[str]:
    if found != shown:
        yield f"{name}: {shown} is stored, {found} follows from the trace"


def _number(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)
