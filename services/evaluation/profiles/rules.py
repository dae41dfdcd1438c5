"""What lasts from one result of a person to the next; the newest result comes first everywhere here."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

REPEATED = 2
"""Results in a row from which something lasts: one alone is an observation."""


class Standing(StrEnum):
    """How a criterion stands beside the standard and the person's other criteria."""

    STRENGTH = "STRENGTH"
    AREA = "AREA"
    """To improve."""
    EVEN = "EVEN"
    """It does not stand out."""
    OPEN = "OPEN"
    """Nobody scored it."""


class Observed(NamedTuple):
    """One result by the codes of its criteria."""

    standings: dict[str, Standing]


class Course(NamedTuple):
    """What the results of a person say together; codes of criteria."""

    lasting_strengths: tuple[str, ...]
    """A strength in the newest result and in the one before that rated it."""
    lasting_areas: tuple[str, ...]
    improved: tuple[str, ...]
    """An area to improve before, and none in the newest result."""
    declined: tuple[str, ...]
    """A strength before, and an area to improve in the newest result."""


def standing(code: str, score: str | None, *, strengths: Sequence[str], areas: Sequence[str]) -> Standing:
    """Of one criterion; in results from before the two excluded each other, what is to improve is said."""
    if score is None:
        return Standing.OPEN
    if code in areas:
        return Standing.AREA
    return Standing.STRENGTH if code in strengths else Standing.EVEN


def course(results: Sequence[Observed]) -> Course:
    """What lasts and what changed between the newest result that rated a criterion and the one before that did."""
    codes = dict.fromkeys(code for one in results for code in one.standings)
    last_two = {code: _last(results, code) for code in codes}

    def those(newest: Standing, *before: Standing) -> tuple[str, ...]:
        return tuple(code for code, two in last_two.items() if two[:1] == [newest] and set(two[1:]) & set(before))

    return Course(
        lasting_strengths=those(Standing.STRENGTH, Standing.STRENGTH),
        lasting_areas=those(Standing.AREA, Standing.AREA),
        improved=(*those(Standing.STRENGTH, Standing.AREA), *those(Standing.EVEN, Standing.AREA)),
        declined=those(Standing.AREA, Standing.STRENGTH),
    )


def _last(results: Sequence[Observed], code: str) -> list[Standing]:
    """The newest standings of a criterion; a cycle that did not rate it is passed over."""
    found = [one.standings[code] for one in results if one.standings.get(code, Standing.OPEN) is not Standing.OPEN]
    return found[:REPEATED]
