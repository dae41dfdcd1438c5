"""Circles in a relation in which everybody has at most one above: raters, and parents of units."""

from collections.abc import Iterable, Mapping, Sequence

_SHOWN = 8
"""Members; more than these nobody reads, and there may be as many as people."""


def circles(above: Mapping[str, str | None], starting: Iterable[str]) -> list[list[str]]:
    """Each circle once, beginning with its first member in the order of ``starting``."""
    found: list[list[str]] = []
    seen: set[str] = set()
    for start in starting:
        trail: dict[str, int] = {}
        walker: str | None = start
        while walker is not None and walker not in seen and walker not in trail:
            trail[walker] = len(trail)
            walker = above.get(walker)
        if walker is not None and walker in trail:
            found.append(list(trail)[trail[walker] :])
        seen.update(trail)
    return found


def shown(circle: Sequence[str]) -> str:
    """A circle in words; of a long one its beginning."""
    first = circle if len(circle) <= _SHOWN else [*circle[:_SHOWN], f"... ({len(circle)})"]
    return " -> ".join([*first, circle[0]])
