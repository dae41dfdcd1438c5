"""Technical competences of a position: how high a level is required, and how a position is recognised by its name."""

from contracts.base import Frozen
from contracts.written import Day

LOWEST, HIGHEST = 1, 5
"""Levels of a technical competence, from understanding to developing (PermenPANRB 38/2017, annex)."""


def position_key(position: str) -> str:
    """The same for the same position, however its blanks and capitals are written."""
    return " ".join(position.split()).lower()


class RequiredCompetence(Frozen):
    """One competence that a position asks for, from a day on."""

    code: str
    name: str
    required: int
    """Level, 1 to 5."""
    valid_from: Day
    valid_to: Day | None = None
    """The last day; None while nothing ends it."""
