"""Where a rater relation comes from: what the file of people may change, and what it must leave as it is."""

from enum import StrEnum


class RelationSource(StrEnum):
    """Where a rater relation comes from."""

    HIERARCHY = "HIERARCHY"
    """The personnel office's file."""
    DELEGATION = "DELEGATION"
    """An acting official (Plt, Plh) or another delegate (PermenPANRB 6/2022, L IV.A)."""
    CORRECTION = "CORRECTION"
    """The file is wrong and work must go on."""
    SUPERIOR = "SUPERIOR"
    """The rater is permanently absent: the next superior up (PermenPANRB 6/2022, L IV.A)."""
