"""The example line of a file to fill in: recognised by its number, and never somebody."""

NIP = "190001011900011999"
"""Appointed in the month of birth: nobody can have this number."""
NAME = "CONTOH: Siti Aminah, S.Sos."
RATER = "190001011900012998"
"""Of another invented person, who is nobody either."""


def is_left_over(name: str) -> bool:
    """Whether somebody's line still has the example's name."""
    return name.strip().casefold().startswith("contoh:")
