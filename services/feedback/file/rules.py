"""The kinds of records about a person that are kept here."""

from enum import StrEnum


class Record(StrEnum):
    """What an entry of one's file is; reading it is noted under the same word."""

    FEEDBACK = "FEEDBACK"
    IDEA = "IDEA"
    CLARIFICATION = "CLARIFICATION"
    OBJECTION = "OBJECTION"
    DEVELOPMENT_ACTION = "DEVELOPMENT_ACTION"
    RECOGNITION = "RECOGNITION"
    IMPROVEMENT_CASE = "IMPROVEMENT_CASE"
    SUPPORT_REQUEST = "SUPPORT_REQUEST"
    COACHING = "COACHING"
    TAKE_OVER = "TAKE_OVER"
    ASSISTED_ENTRY = "ASSISTED_ENTRY"
    """What an assistant entered for the person, here, in plans or in evaluation."""
