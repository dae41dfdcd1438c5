"""Which units are too small for numbers that somebody reads who sees no persons."""

SMALLEST = 5
"""People; the city's leadership reads no number of a smaller unit."""


def is_hidden(people: int, *, sees_persons: bool) -> bool:
    """Whether the numbers of a unit of so many people would tell of a person."""
    return not sees_persons and people < SMALLEST
