"""How long something has lasted, as a person says it."""

_UNITS = ((86_400, "d"), (3_600, "h"), (60, "min"))


def age(seconds: float) -> str:
    """In the largest unit of which there are two: ``95 s``, ``3 min``, ``30 h``, ``12 d``; nothing is younger than 0 s."""
    for length, unit in _UNITS:
        if seconds >= 2 * length:
            return f"{seconds // length:.0f} {unit}"
    return f"{max(seconds, 0):.0f} s"
