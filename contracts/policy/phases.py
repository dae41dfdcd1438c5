"""When the phases of a cycle begin and are due."""

from enum import StrEnum

from pydantic import Field

from contracts.base import Frozen, Phase
from contracts.calendar import DayKind
from contracts.policy.bounds import LONGEST


class Anchor(StrEnum):
    """What a phase's opening or end is counted from."""

    PERIOD_START = "PERIOD_START"
    PERIOD_END = "PERIOD_END"
    FIRST_MONTH_END = "FIRST_MONTH_END"
    """Last day of the month in which the period begins: plans are set by it (PermenPANRB 6/2022 art. 14)."""
    NEXT_MONTH_END = "NEXT_MONTH_END"
    """Last day of the month after the period: the evaluation ends with it (L IV.A.8)."""
    PHASE_OPENING = "PHASE_OPENING"
    """Only for the end of a phase: its own opening."""
    PREVIOUS_PHASE = "PREVIOUS_PHASE"
    """Only for the opening: as soon as the phase before has ended."""


class Moment(Frozen):
    """A date counted from an anchor; negative days lie before it."""

    anchor: Anchor
    days: int = Field(default=0, ge=-LONGEST, le=LONGEST)
    kind: DayKind = DayKind.CALENDAR


class PhaseRule(Frozen):
    """When a phase may open and when it is due."""

    phase: Phase
    opens: Moment
    due: Moment
    ends_early: bool = True
    """The phase ends as soon as nobody owes anything in it."""
