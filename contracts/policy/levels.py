"""What the levels of a criterion look like, and which points of the scale each of them is (PLB-4)."""

from collections.abc import Mapping
from decimal import Decimal

from pydantic import Field

from contracts.base import Rating, Words
from contracts.policy.bounds import Number

HIGHEST = Decimal(120)
"""The scale of PP 30/2019 art. 41 goes from 0 to here."""


class Descriptor(Words):
    """What a level looks like, and from which points to below which it is that level."""

    points_from: Number | None = Field(default=None, ge=0, le=HIGHEST)
    points_below: Number | None = Field(default=None, ge=0, le=HIGHEST)
    """Not part of it any more; left out of the highest level, which goes to the end of the scale."""


def band_fault(descriptors: Mapping[str, Descriptor]) -> tuple[str, Words] | None:
    """The first level whose points do not follow those of the level below it, and what is wrong; None where all fit.

    Levels without any points are words alone. Else the levels, worst first, cover the scale of 0 to 120, each point once.
    """
    levels = [level for level in reversed(Rating) if level in descriptors]
    parts = [descriptors[level] for level in levels]
    if all(one.points_from is None and one.points_below is None for one in parts):
        return None
    reached: Decimal | None = Decimal(0)
    for level, one in zip(levels, parts, strict=True):
        if reached is None or one.points_from != reached:
            return level, _misplaced(level, one.points_from, reached)
        begins, reached = reached, one.points_below
        if reached is not None and reached <= begins:
            return level, Words(en=f"{level} ends before it begins", id=f"{level} berakhir sebelum dimulai")
    if reached is None:
        return None
    return levels[-1], Words(
        en=f"{levels[-1]} is the highest level and ends below {reached}: leave points_below out of it",
        id=f"{levels[-1]} tingkat tertinggi dan berakhir di bawah {reached}: hapus points_below",
    )


def _misplaced(level: str, begins: Decimal | None, reached: Decimal | None) -> Words:
    return Words(
        en=f"{level} begins at {begins}, but the levels below it end at {reached}: a point would have no level, or two",
        id=f"{level} mulai dari {begins}, sedangkan tingkat di bawahnya berakhir pada {reached}: "
        "ada nilai tanpa tingkat, atau dengan dua tingkat",
    )
