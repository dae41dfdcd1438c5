"""What a legal calendar is made of; the arithmetic on it lives in kit.clock."""

from datetime import date
from enum import StrEnum

from pydantic import field_serializer

from contracts.base import Frozen


class DayKind(StrEnum):
    """How the days of a limit are counted."""

    WORKING = "WORKING"
    """Hari kerja: no weekend, no national holiday, no collective leave (PermenPANRB 6/2022)."""
    CALENDAR = "CALENDAR"


class LegalCalendar(Frozen):
    """The days on which a city's offices do not work, and the zone in which its dates are counted."""

    version: int = 1
    zone: str = "Asia/Jakarta"
    work_days: tuple[int, ...] = (0, 1, 2, 3, 4)
    """Weekdays worked, Monday = 0."""
    holidays: frozenset[date] = frozenset()
    """National holidays, collective leave and the city's own, already merged by the registry."""

    @field_serializer("holidays")
    def _in_order(self, days: frozenset[date]) -> list[date]:
        """The same calendar is always written the same way."""
        return sorted(days)
