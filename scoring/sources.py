"""The kinds of assessors: which count, which have too few, and the mean of each by criterion."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from contracts.base import AssessorRole, Frozen
from kit.errors import Invalid
from scoring.formula import Formula, Source, WeightedCriterion
from scoring.inputs import AssessorScores
from scoring.ratios import ONE, ZERO, Ratio

Scores = Mapping[str, Decimal]


class DroppedSource(Frozen):
    """A source with fewer assessors than the policy's minimum; its share goes to the others."""

    role: AssessorRole
    received: int
    minimum: int


class LeftOut(NamedTuple):
    """A source that does not count: at all, or (anonymous ones) for one criterion that too few of it scored."""

    source: Source
    received: int
    criterion: str | None = None


@dataclass(slots=True)
class SourceScores:
    """What each source that counts gave, and its mean by criterion."""

    given: dict[AssessorRole, list[Scores]] = field(default_factory=dict)
    means: dict[AssessorRole, dict[str, Ratio]] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)

    @property
    def dropped(self) -> tuple[DroppedSource, ...]:
        """Each source that was left out, once, with the fewest assessments that came in."""
        fewest: dict[AssessorRole, LeftOut] = {}
        for one in self.left_out:
            known = fewest.setdefault(one.source.role, one)
            if one.received < known.received:
                fewest[one.source.role] = one
        return tuple(
            DroppedSource(role=role, received=one.received, minimum=one.source.minimum) for role, one in fewest.items()
        )


def by_source(formula: Formula, assessments: Sequence[AssessorScores]) -> SourceScores:
    """Drop the sources below their minimum and take the mean of the others, by criterion (domain.md 6.4, 2).

    Raises Invalid for an assessment by a source, or of a code, that the policy does not know.
    """
    result = SourceScores()
    given: dict[AssessorRole, list[Scores]] = {source.role: [] for source in formula.sources}
    for number, one in enumerate(assessments):
        if one.source not in given or not formula.scored.issuperset(one.scores):
            _refuse(formula, number, one)
        given[one.source].append(one.scores)
    for source in formula.sources:
        listed = given[source.role]
        if len(listed) < source.minimum:
            result.left_out.append(LeftOut(source, len(listed)))
            continue
        result.given[source.role] = listed
        result.means[source.role] = _means(source, formula, listed, result.left_out)
    return result


def _refuse(formula: Formula, number: int, given: AssessorScores) -> None:
    where = f"assessments[{number}]"
    if given.source not in {source.role for source in formula.sources}:
        raise Invalid(
            f"the policy knows no assessments by {given.source}",
            f"kebijakan tidak mengenal penilaian oleh {given.source}",
            where=f"{where}.source",
        )
    unknown = min(given.scores.keys() - formula.scored)
    raise Invalid(
        f"{unknown} is no criterion that assessors score: {', '.join(sorted(formula.scored))}",
        f"{unknown} bukan kriteria yang dinilai",
        where=f"{where}.scores.{unknown}",
    )


def _means(source: Source, formula: Formula, given: Sequence[Scores], left_out: list[LeftOut]) -> dict[str, Ratio]:
    """The source's mean by criterion; none of a criterion that it left out, or scored only in part."""
    means: dict[str, Ratio] = {}
    for criterion in formula.criteria:
        if criterion.measured:
            continue
        fewest, mean = _mean(criterion, given)
        # The minimum protects colleagues criterion by criterion: a mean of two people gives each the other's number.
        if source.anonymous and 0 < fewest < source.minimum:
            left_out.append(LeftOut(source, fewest, criterion.code))
        elif fewest:
            means[criterion.code] = mean
    return means


def _mean(criterion: WeightedCriterion, given: Sequence[Scores]) -> tuple[int, Ratio]:
    """The plain mean over the parts of the mean over assessors, and how many scored the part that fewest scored."""
    numerator, denominator, fewest = ZERO, ONE, len(given)
    for code in criterion.codes:
        total, count = summed(code, given)
        fewest = min(fewest, count)
        if not count:
            break
        if denominator == count:  # as nearly always, when everybody scores every part: keeps the numbers short
            numerator += total
        else:
            numerator, denominator = numerator * count + total * denominator, denominator * count
    return fewest, (numerator, denominator * len(criterion.codes))


def summed(code: str, given: Sequence[Scores]) -> tuple[Decimal, int]:
    """The sum of what assessors gave for one code, and how many of them did."""
    total, count = ZERO, 0
    for scores in given:
        if code in scores:
            total += scores[code]
            count += 1
    return total, count
