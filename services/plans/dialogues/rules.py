"""What servant and leader talk about."""

from enum import StrEnum


class Purpose(StrEnum):
    """Why one talks; without a dialogue of purpose SET no plan is set (PermenPANRB 6/2022 art. 14)."""

    SET = "SET"
    CLARIFY = "CLARIFY"
    FEEDBACK = "FEEDBACK"
    RESULT = "RESULT"
