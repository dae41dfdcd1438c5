"""How many teams a unit has and who stands above them, for any number of people."""

from collections.abc import Iterator
from dataclasses import dataclass

TEAM = 6
"""Staff under one leader, or a few more; so everybody has at least five peers."""
SPAN = 8
"""Leaders under one leader."""
FEWEST = 24
"""Three units with a head, a section head and six people."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One place in a unit: how deep below the head, the how manieth leader there, and whether others sit below."""

    depth: int
    number: int
    leads: bool


def units_staffed(count: int, units: int) -> int:
    """Few people sit in few units."""
    return min(units, max(3, count // 9))


def teams_by_unit(count: int, units: int) -> list[int]:
    """Teams of each unit, so that all people have a seat and every team its size."""
    teams = (count - units) // (TEAM + 1)
    while _seats(_spread(teams, units)) > count:
        teams -= max(1, (_seats(_spread(teams, units)) - count) // (TEAM + 1))
    return _spread(teams, units)


def team_sizes(count: int, teams: list[int]) -> list[int]:
    """Staff of each team in the order of units: the minimum, and the remainder spread."""
    return _spread(count - _seats(teams) + TEAM * sum(teams), sum(teams))


def seats(teams: int, sizes: Iterator[int], depth: int = 1) -> Iterator[Seat]:
    """The seats below a head, each leader before those he or she leads."""
    if teams <= SPAN:
        for number in range(teams):
            yield Seat(depth, number, leads=True)
            for _ in range(next(sizes)):
                yield Seat(depth + 1, 0, leads=False)
        return
    for number, part in enumerate(_spread(teams, _between(teams))):
        yield Seat(depth, number, leads=True)
        yield from seats(part, sizes, depth + 1)


def _between(teams: int) -> int:
    return min(SPAN, -(-teams // SPAN))


def _middle(teams: int) -> int:
    """Leaders who lead leaders."""
    if teams <= SPAN:
        return 0
    parts = _spread(teams, _between(teams))
    return len(parts) + sum(_middle(part) for part in parts)


def _seats(teams: list[int]) -> int:
    """People needed at least: a head a unit, leaders, full teams."""
    return len(teams) + sum(own * (TEAM + 1) + _middle(own) for own in teams)


def _spread(total: int, parts: int) -> list[int]:
    return [total // parts + (number < total % parts) for number in range(parts)]
