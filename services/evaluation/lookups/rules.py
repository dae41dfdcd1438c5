"""The kinds of records whose reading is noted."""

from enum import StrEnum


class Record(StrEnum):
    """What was read about a person."""

    APPRAISAL = "APPRAISAL"
    """An appraisal, with as much of it as the reader may see."""
    FORM = "FORM"
    """The form by which the person is assessed."""
    PERIODIC_EVALUATION = "PERIODIC_EVALUATION"
    RESULT = "RESULT"
    EXPLANATION = "EXPLANATION"
    """Why a result is what it is."""
    PROFILE = "PROFILE"
    PROPOSAL = "PROPOSAL"
    CREDIT_POINTS = "CREDIT_POINTS"
    EXPORT = "EXPORT"
    """Final results for the national application."""
