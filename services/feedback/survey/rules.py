"""When the survey is taken, and when it is read."""

from contracts.base import Phase

_TAKEN = frozenset({Phase.DISCLOSURE, Phase.OBJECTION, Phase.FINALISATION, Phase.FOLLOW_UP})


def is_taken(phase: str | None, *, closed: bool) -> bool:
    """Once people know their results, and until the system is reviewed."""
    return not closed and phase in _TAKEN


def is_read(phase: str | None, *, closed: bool) -> bool:
    """Once nobody answers any more: numbers that grew while one looked would tell what the last one had answered."""
    return closed or phase == Phase.SYSTEM_REVIEW
