"""From a list of units to the tree that a page shows."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from services.portal.structure.queries import Placed


def tree(units: Sequence[Placed]) -> list[tuple[int, Placed]]:
    """Every unit with its depth, each below the one it belongs to; whose parent is not known stands at the top."""
    known = {one.id for one in units}
    below: dict[UUID | None, list[Placed]] = {}
    for one in units:
        below.setdefault(one.parent_id if one.parent_id in known else None, []).append(one)

    def walk(parent: UUID | None, depth: int) -> Iterator[tuple[int, Placed]]:
        for one in below.get(parent, ()):
            yield depth, one
            yield from walk(one.id, depth + 1)

    return list(walk(None, 0))


def path_to(units: Sequence[Placed], unit: Placed) -> list[Placed]:
    """From the top down to the one above the unit."""
    by_id = {one.id: one for one in units}
    found: list[Placed] = []
    above = by_id.get(unit.parent_id) if unit.parent_id else None
    while above is not None and above not in found:
        found.insert(0, above)
        above = by_id.get(above.parent_id) if above.parent_id else None
    return found
