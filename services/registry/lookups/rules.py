"""The kinds of records whose reading is noted."""

from enum import StrEnum


class Record(StrEnum):
    """What was read about a person."""

    PERSONNEL_RECORD = "PERSONNEL_RECORD"
    """With number, address and raters."""
    RATERS = "RATERS"
    """Who rated the person when."""
    CHANGES = "CHANGES"
    """Changes of the record, past and planned."""
    ATTENDANCE = "ATTENDANCE"
