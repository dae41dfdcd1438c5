"""The kinds of assessors: which are heard, which have too few, what each says of a criterion, how far they lie apart."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations

from contracts.base import AssessorRole, Frozen
from contracts.policy import Criterion, Measure, Policy, Source
from kit.errors import Invalid
from services.evaluation.rules.material import Given
from services.evaluation.rules.numbers import Number, read, weighted_mean, written
from services.evaluation.rules.trace import Code, Operand, Step, mean_of


class Dropped(Frozen):
    """A source with fewer assessors than the policy's minimum; its share goes to the others."""

    role: AssessorRole
    received: int
    minimum: int


@dataclass
class Heard:
    """What the sources that count say of each criterion, and how it came about."""

    dropped: tuple[Dropped, ...] = ()
    says: dict[AssessorRole, dict[str, Fraction]] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)

    def of(self, criterion: str) -> dict[AssessorRole, Fraction]:
        """What each source says of one criterion."""
        return {role: values[criterion] for role, values in self.says.items() if criterion in values}


@dataclass(frozen=True)
class Gap:
    """The two sources that lie furthest apart, by their means over the criteria that both assessed."""

    points: Fraction
    means: Mapping[AssessorRole, Fraction]

    def step(self, allowed: Number) -> Step:
        operands = [Operand(name=role.value, value=written(mean)) for role, mean in self.means.items()]
        operands.append(Operand(name="allowed", value=written(allowed)))
        return Step(code=Code.SOURCE_GAP, subject="sources", operands=tuple(operands), value=written(self.points))


def assessed(policy: Policy) -> tuple[Criterion, ...]:
    """The criteria that people score."""
    return tuple(criterion for criterion in policy.criteria if criterion.measure is Measure.ASSESSMENT)


def scored_codes(criteria: Iterable[Criterion]) -> frozenset[str]:
    """What an assessor gives a number for: a criterion, or its parts."""
    return frozenset(code for criterion in criteria for code in (criterion.parts or (criterion.code,)))


def heard(policy: Policy, assessments: Sequence[Given]) -> Heard:
    """Drop the sources below their minimum and take the mean of the others, by criterion."""
    _check(policy, assessments)
    result = Heard()
    for source in policy.sources:
        given = [one.scores for one in assessments if one.source is source.role]
        if len(given) < source.minimum:
            lost = Dropped(role=source.role, received=len(given), minimum=source.minimum)
            result.dropped += (lost,)
            result.steps.append(_dropped(lost))
            continue
        result.says[source.role] = {}
        for criterion in assessed(policy):
            steps = _said(source, criterion, given)
            result.steps += steps
            if steps:
                result.says[source.role][criterion.code] = read(steps[-1].value or "0")
    return result


def _check(policy: Policy, assessments: Sequence[Given]) -> None:
    codes = scored_codes(assessed(policy))
    for number, given in enumerate(assessments):
        where = f"assessments[{number}]"
        if policy.source(given.source) is None:
            raise Invalid(
                f"the policy knows no assessments by {given.source}",
                f"kebijakan tidak mengenal penilaian oleh {given.source}",
                where=f"{where}.source",
            )
        if unknown := sorted(given.scores.keys() - codes):
            raise Invalid(
                f"{unknown[0]} is no criterion that assessors score: {', '.join(sorted(codes))}",
                f"{unknown[0]} bukan kriteria yang dinilai",
                where=f"{where}.scores.{unknown[0]}",
            )


def _said(source: Source, criterion: Criterion, given: Sequence[Mapping[str, Number]]) -> list[Step]:
    """Steps from the assessors' numbers to what the source says; none if it left out the criterion or a part of it."""
    codes = criterion.parts or (criterion.code,)
    steps: list[Step] = []
    for code in codes:
        numbers = sorted(Fraction(scores[code]) for scores in given if code in scores)
        if not numbers:
            return []
        steps.append(_assessors(source, code, numbers))
    if criterion.parts:
        parts = [(code, read(step.value or "0"), 1) for code, step in zip(codes, steps, strict=True)]
        steps.append(mean_of(Code.PARTS, f"{criterion.code}/{source.role}", parts))
    return steps


def _assessors(source: Source, code: str, numbers: Sequence[Fraction]) -> Step:
    subject = f"{code}/{source.role}"
    if not source.anonymous:
        return mean_of(Code.ASSESSORS, subject, [(str(i), number, 1) for i, number in enumerate(numbers, start=1)])
    mean = weighted_mean((number, Fraction(1)) for number in numbers)
    count = Operand(name="count", value=str(len(numbers)))
    return Step(code=Code.ASSESSORS, subject=subject, operands=(count,), value=written(mean))


def _dropped(lost: Dropped) -> Step:
    operands = (
        Operand(name="received", value=str(lost.received)),
        Operand(name="minimum", value=str(lost.minimum)),
    )
    return Step(code=Code.SOURCE_DROPPED, subject=lost.role.value, operands=operands)


def gap(sources: Heard) -> Gap | None:
    """How far the sources lie apart, or None where no two assessed the same."""
    gaps = [_between(sources, one, other) for one, other in combinations(sources.says, 2)]
    known = [found for found in gaps if found is not None]
    return max(known, key=lambda found: found.points, default=None)


def _between(sources: Heard, one: AssessorRole, other: AssessorRole) -> Gap | None:
    shared = sources.says[one].keys() & sources.says[other].keys()
    if not shared:
        return None
    means = {
        role: weighted_mean((sources.says[role][code], Fraction(1)) for code in sorted(shared)) for role in (one, other)
    }
    return Gap(abs(means[one] - means[other]), means)
