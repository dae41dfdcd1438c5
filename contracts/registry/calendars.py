"""What the registry emits of legal calendars, and of outages that extend what fell due."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import AwareDatetime

from contracts.base import Event
from contracts.calendar import LegalCalendar, SpecialDay


class CalendarPublished(Event):
    """The legal calendar of a city for the years around now."""

    topic: ClassVar[str] = "registry"
    calendar: LegalCalendar
    until: date
    """The calendar knows no holidays after this date."""
    days: tuple[SpecialDay, ...] | None = None
    """Every day that differs from the week, with the reason."""

    @property
    def key(self) -> str:
        return f"calendar/{self.tenant_id}"


class OutageRecorded(Event):
    """The system was down; what fell due meanwhile is extended by the working days lost."""

    topic: ClassVar[str] = "registry"
    outage_id: UUID
    began_at: AwareDatetime
    ended_at: AwareDatetime
    reason: str
    recorded_by: UUID

    @property
    def key(self) -> str:
        return f"outage/{self.outage_id}"
