"""The legal calendar on each week that units work: a hospital works six days where its city works five."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, true
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.calendar import LegalCalendar

Works = Callable[[Any], ColumnElement[bool]]
"""Whether the person whose id this column holds works a week."""


def everybody(_: Any) -> ColumnElement[bool]:
    """In a city where all units work the same week."""
    return true()


@dataclass(frozen=True, slots=True)
class WeekCalendar:
    """The legal calendar on one week, and who works it."""

    calendar: LegalCalendar
    works: Works = everybody


WeekCalendars = Sequence[WeekCalendar]
"""The city's own week first, then those of units that have one of their own; everybody works exactly one of them."""
WeeksOf = Callable[[AsyncSession], Awaitable[WeekCalendars]]
"""Looks the calendars of the session's city up."""
