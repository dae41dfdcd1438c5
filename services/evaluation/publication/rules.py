"""Small cells are hidden: no published figure is about so few people that one of them could be found in it."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

Cell = TypeVar("Cell", bound=Hashable)
LEAST = 10
"""People a figure is about; our choice (docs/domain.md 2.6 looks at no smaller unit either)."""


def hidden(counts: Mapping[Cell, int], least: int = LEAST) -> frozenset[Cell]:
    """Which of these cells, whose sum is known, must not be shown.

    Those of fewer than ``least`` people, zero apart; and where all that are hidden hold too few together, or there is
    but one of them, whoever knows the sum would know them by subtraction: then the next smallest is hidden as well.
    """
    by_size = sorted((cell for cell, count in counts.items() if count), key=lambda cell: counts[cell])
    small = [cell for cell in by_size if counts[cell] < least]
    if not small:
        return frozenset()
    for more in by_size[len(small) :]:
        if len(small) > 1 and sum(counts[cell] for cell in small) >= least:
            break
        small.append(more)
    return frozenset(small)


def shown(counts: Mapping[Cell, int], least: int = LEAST) -> dict[Cell, int | None]:
    """The counts with None in every cell that is hidden.

    All are, if all together are too few; and if nearly everybody is in one, which says where each of them is.
    """
    gone = frozenset(counts) if sum(counts.values()) - max(counts.values()) < least else hidden(counts, least)
    return {cell: None if cell in gone else count for cell, count in counts.items()}


def of_all(count: int, people: int, least: int = LEAST) -> int | None:
    """So many of all; hidden where so few are in it, or so few are not."""
    return shown({True: count, False: people - count}, least)[True] if count else 0


@dataclass(frozen=True, slots=True)
class OfUnit:
    """A unit in numbers."""

    code: str
    name: str
    people: int
    mean: Decimal | None
    """Of the local scores, two decimals."""


def listed(units: Sequence[OfUnit], least: int = LEAST) -> tuple[list[OfUnit], int | None]:
    """The units that are large enough, and how many people the others have together; None where they are too few."""
    sizes = {one.code: one.people for one in units}
    gone = hidden(sizes, least)
    elsewhere = sum(sizes[code] for code in gone)
    return [one for one in units if one.code not in gone], elsewhere if not gone or elsewhere >= least else None
