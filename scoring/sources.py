"""The kinds of assessors: which are heard, which have too few, and what each says of a criterion."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from contracts.base import AssessorRole, Frozen
from kit.errors import Invalid
from scoring.formula import Formula, Part, Voice
from scoring.material import Given
from scoring.ratios import ONE, ZERO, Ratio

Scores = Mapping[str, Decimal]


class Dropped(Frozen):
    """A source with fewer assessors than the policy's minimum; its share goes to the others."""

    role: AssessorRole
    received: int
    minimum: int


class Lost(NamedTuple):
    """A source that is not heard: at all, or (anonymous ones) about one criterion that too few of it scored."""

    voice: Voice
    received: int
    criterion: str | None = None


@dataclass(slots=True)
class Heard:
    """Who is heard and what each source says of each criterion."""

    given: dict[AssessorRole, list[Scores]] = field(default_factory=dict)
    says: dict[AssessorRole, dict[str, Ratio]] = field(default_factory=dict)
    lost: list[Lost] = field(default_factory=list)

    @property
    def dropped(self) -> tuple[Dropped, ...]:
        """Each source that lost its say, once, with the fewest that came in."""
        fewest: dict[AssessorRole, Lost] = {}
        for one in self.lost:
            known = fewest.setdefault(one.voice.role, one)
            if one.received < known.received:
                fewest[one.voice.role] = one
        return tuple(
            Dropped(role=role, received=one.received, minimum=one.voice.minimum) for role, one in fewest.items()
        )


def heard(formula: Formula, assessments: Sequence[Given]) -> Heard:
    """Drop the sources below their minimum and take the mean of the others, by criterion (domain.md 6.4, 2)."""
    result = Heard()
    given: dict[AssessorRole, list[Scores]] = {voice.role: [] for voice in formula.voices}
    for number, one in enumerate(assessments):
        if one.source not in given or not formula.scored.issuperset(one.scores):
            _refuse(formula, number, one)
        given[one.source].append(one.scores)
    for voice in formula.voices:
        listed = given[voice.role]
        if len(listed) < voice.minimum:
            result.lost.append(Lost(voice, len(listed)))
            continue
        result.given[voice.role] = listed
        result.says[voice.role] = _said(voice, formula, listed, result.lost)
    return result


def _refuse(formula: Formula, number: int, given: Given) -> None:
    where = f"assessments[{number}]"
    if given.source not in {voice.role for voice in formula.voices}:
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


def _said(voice: Voice, formula: Formula, given: Sequence[Scores], lost: list[Lost]) -> dict[str, Ratio]:
    """What the source says of each criterion; nothing of one that it left out, or scored only in part."""
    says: dict[str, Ratio] = {}
    for part in formula.parts:
        if part.measured:
            continue
        fewest, mean = _mean(part, given)
        if voice.anonymous and 0 < fewest < voice.minimum:
            lost.append(Lost(voice, fewest, part.code))
        elif fewest:
            says[part.code] = mean
    return says


def _mean(part: Part, given: Sequence[Scores]) -> tuple[int, Ratio]:
    """The plain mean over the parts of the mean over assessors, and how many scored the part that fewest scored."""
    numerator, denominator, fewest = ZERO, ONE, len(given)
    for code in part.codes:
        total, count = summed(code, given)
        fewest = min(fewest, count)
        if not count:
            break
        if denominator == count:
            numerator += total
        else:
            numerator, denominator = numerator * count + total * denominator, denominator * count
    return fewest, (numerator, denominator * len(part.codes))


def summed(code: str, given: Sequence[Scores]) -> tuple[Decimal, int]:
    """The sum of what assessors gave for one code, and how many of them did."""
    total, count = ZERO, 0
    for scores in given:
        if code in scores:
            total += scores[code]
            count += 1
    return total, count
