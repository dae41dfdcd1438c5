"""How far a person's technical competences are from what the post asks for; without database or clock."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from contracts.base import AssessorRole, Frozen
from contracts.policy import Source, Words
from scoring.numbers import rounded


class Asked(Frozen):
    """One competence that the post asks for."""

    code: str
    name: str
    required: int
    """Level, 1 to 5."""


class CompetenceGap(Asked):
    """The same as it was assessed."""

    assessed: Decimal | None = None
    """Level, 1 to 5; by several kinds of assessors their means, each at its share. None: nobody said it."""
    gap: Decimal | None = None
    """Levels that are missing to what is required; 0 where it is reached."""


Levels = Mapping[str, int]


def gaps(
    asked: Sequence[Asked], given: Mapping[AssessorRole, Sequence[Levels]], sources: Sequence[Source]
) -> tuple[CompetenceGap, ...]:
    """Each competence that is asked for; a source with fewer assessors than its minimum counts nowhere."""
    counted = [
        (Fraction(source.share), levels)
        for source in sources
        if len(levels := [one for one in given.get(source.role, ()) if one]) >= source.minimum
    ]
    return tuple(_gap(one, counted) for one in asked)


def _gap(asked: Asked, counted: Sequence[tuple[Fraction, Sequence[Levels]]]) -> CompetenceGap:
    means = [
        (share, Fraction(sum(numbers), len(numbers)))
        for share, levels in counted
        if (numbers := [one[asked.code] for one in levels if asked.code in one])
    ]
    if not means:
        return CompetenceGap(**asked.model_dump())
    assessed = sum((share * mean for share, mean in means), Fraction(0)) / sum(share for share, _ in means)
    missing = max(Fraction(0), asked.required - assessed)
    return CompetenceGap(**asked.model_dump(), assessed=rounded(assessed), gap=rounded(missing))


def said(one: CompetenceGap) -> Words:
    """The same as a sentence in both languages."""
    asks = Words(
        id=f"{one.name}: disyaratkan tingkat {one.required}", en=f"{one.name}: level {one.required} is required"
    )
    if one.assessed is None:
        return Words(id=f"{asks.id}, tidak dinilai", en=f"{asks.en}, nobody assessed it")
    return Words(
        id=f"{asks.id}, dinilai {one.assessed}, kesenjangan {one.gap}",
        en=f"{asks.en}, assessed {one.assessed}, gap {one.gap}",
    )
