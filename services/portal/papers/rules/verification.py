"""Whether a paper is genuine: known by its code, and the file the same byte for byte."""

from enum import StrEnum


class Verdict(StrEnum):
    """What can be said of a paper."""

    UNKNOWN = "UNKNOWN"
    """No paper with this code was made here."""
    KNOWN = "KNOWN"
    """A paper with this code was made; only its file shows whether it was changed since."""
    GENUINE = "GENUINE"
    """The file is the one that was made."""
    CHANGED = "CHANGED"
    """The code is known and the file is another one: something in it was changed."""


def verdict(made: str | None, given: str | None) -> Verdict:
    """From the hash of the file that was made under the code, and of the one that somebody has, as far as there are any."""
    if made is None:
        return Verdict.UNKNOWN
    if given is None:
        return Verdict.KNOWN
    return Verdict.GENUINE if made == given else Verdict.CHANGED
