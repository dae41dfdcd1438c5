"""How a city listens: words from below without a name, and the pulse of its culture, and a survey of the system."""

from pydantic import Field

from contracts.base import Frozen, Words


class ListeningRule(Frozen):
    """What protects who speaks; at these defaults nothing is asked, and upward feedback names its author."""

    upward_minimum: int = Field(default=0, ge=0, le=50)
    """Upward feedback reaches the leader without names, from so many authors on; 0: at once and with the name."""
    pulse: tuple[Words, ...] = Field(default=(), max_length=20)
    """The statements that everybody may answer once a cycle, from 1 (not at all) to 5 (fully); none: no pulse."""
    pulse_minimum: int = Field(default=5, ge=3, le=50)
    """Of fewer people no number is shown; that of the survey as well."""
    survey: tuple[Words, ...] = Field(default=(), max_length=20)
    """The statements about the appraisal system, answered like the pulse once results are told; none: no survey (BJI-7)."""
