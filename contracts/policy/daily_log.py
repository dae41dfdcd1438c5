"""What a policy asks of a daily log beside its entries: approval by the rater, and reminders of what is missing (Dumai)."""

from enum import StrEnum

from pydantic import Field

from contracts.base import Frozen


class LogApproval(StrEnum):
    """Whether the rater approves what was logged."""

    NONE = "NONE"
    WEEKLY = "WEEKLY"
    """The entries of a week, from Monday to Sunday, of several people in one act."""


class LogRule(Frozen):
    """The daily log where ``features.daily_log`` says that one is kept; at these defaults nobody is asked for anything."""

    approval: LogApproval = LogApproval.NONE
    remind_after: int = Field(default=0, ge=0, le=100)
    """After so many working days without an entry its writer is reminded, and again after as many more; 0: never."""
    late_after: int = Field(default=7, ge=0, le=366)
    """An entry needs a reason once the stretch of time that it documents ended more than so many calendar days ago."""
