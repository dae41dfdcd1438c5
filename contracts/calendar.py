"""What a legal calendar is made of; the arithmetic on it lives in obligations.legal_dates."""

from datetime import date
from enum import StrEnum

from pydantic import field_serializer

from contracts.base import Frozen


class DayKind(StrEnum):
    """How the days of a limit are counted."""

    WORKING = "WORKING"
    """Hari kerja: no weekend, no national holiday, no collective leave (PermenPANRB 6/2022)."""
    CALENDAR = "CALENDAR"


class DayOrigin(StrEnum):
    """Why nobody works on a day, or why somebody does."""

    PUBLIC = "PUBLIC"
    """Libur nasional (SKB 3 Menteri)."""
    COLLECTIVE_LEAVE = "COLLECTIVE_LEAVE"
    """Cuti bersama."""
    CITY = "CITY"
    """The city's own: a local holiday, an election day, a day of mourning."""
    WORKING_DAY = "WORKING_DAY"
    """A national day off that was taken back, e.g. collective leave that was cancelled."""


class SpecialDay(Frozen):
    """One day that differs from the week, with the reason that the calendar gives for it."""

    day: date
    origin: DayOrigin
    name: str


class LegalCalendar(Frozen):
    """The days on which a city's offices do not work, and the zone in which its dates are counted."""

    version: int = 1
    zone: str = "Asia/Jakarta"
    work_days: tuple[int, ...] = (0, 1, 2, 3, 4)
    """Weekdays worked, Monday = 0."""
    holidays: frozenset[date] = frozenset()
    """National holidays, collective leave and the city's own, already merged by the registry."""

    def for_week(self, work_days: tuple[int, ...] | None) -> "LegalCalendar":
        """The same days off on another week, e.g. six days in a hospital; None keeps the city's."""
        return self if work_days is None else self.model_copy(update={"work_days": tuple(sorted(work_days))})

    @field_serializer("holidays")
    def _in_order(self, days: frozenset[date]) -> list[date]:
        """The same calendar is always written the same way."""
        return sorted(days)
