"""The kinds of records whose reading is noted."""

from enum import StrEnum


class Record(StrEnum):
    """What was read about a person."""

    PLAN = "PLAN"
    PLAN_VERSIONS = "PLAN_VERSIONS"
    REPORT = "REPORT"
    REPORT_HISTORY = "REPORT_HISTORY"
    DAILY_LOG = "DAILY_LOG"
    COPIED_TEXT = "COPIED_TEXT"
    """What was found copied in the daily log."""
    INITIATIVE = "INITIATIVE"
    COMMUNITY = "COMMUNITY"
    """What the community answered of the person."""
    BOARD = "BOARD"
    """The line on the board: what was planned, logged, reported."""
