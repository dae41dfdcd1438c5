"""Days and moments as people write them, in the city's zone."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from contracts.month_names import MONTHS

_ZONES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


def day(language: str, value: date | datetime | str | None) -> str:
    """``5 Januari 2026``; empty where there is none."""
    if not value:
        return ""
    if isinstance(value, str):
        value = date.fromisoformat(value[:10])
    return f"{value.day} {MONTHS[language][value.month - 1]} {value.year}"


def moment(language: str, zone: str, value: datetime | str | None) -> str:
    """``5 Januari 2026 pukul 14.30 WIB``, or ``5 January 2026, 14:30 WIB``."""
    if not value:
        return ""
    at = (datetime.fromisoformat(value) if isinstance(value, str) else value).astimezone(ZoneInfo(zone))
    name = _ZONES.get(zone, zone)
    hour = f" pukul {at:%H.%M} {name}" if language == "id" else f", {at:%H:%M} {name}"
    return day(language, at) + hour


def deadline(language: str, zone: str, value: datetime | str) -> str:
    """The last day on which something may be done: an instant at midnight is the end of the day before."""
    at = (datetime.fromisoformat(value) if isinstance(value, str) else value).astimezone(ZoneInfo(zone))
    return day(language, at)
