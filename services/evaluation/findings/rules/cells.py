"""Which groups are too small for numbers: whoever knows the group would read a person out of them."""

from collections.abc import Mapping
from typing import TypeVar

SMALLEST = 5
"""People of whom numbers are shown to those who see no persons."""
Group = TypeVar("Group")


def hidden(sizes: Mapping[Group, int]) -> frozenset[Group]:
    """Groups that are shown without numbers: those below ``SMALLEST``.

    Where that is one alone, it could be had as the difference between the whole and the others; so the next larger one is
    hidden with it.
    """
    small = [group for group, people in sizes.items() if 0 < people < SMALLEST]
    others = sorted((people, str(group), group) for group, people in sizes.items() if people >= SMALLEST)
    if len(small) == 1 and others:
        small.append(others[0][2])
    return frozenset(small)
