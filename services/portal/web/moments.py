"""Days and moments as people write them, in the city's zone."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from contracts.month_names import MONTHS

WEST = "Asia/Jakarta"
"""The zone of pages for which nobody is signed in: most cities lie in it."""
_ZONES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


def day(language: str, zone: str, value: date | datetime | str | None) -> str:
    """``5 Januari 2026``: a day, or the one on which an instant falls in the zone; empty where there is none."""
    if not value:
        return ""
    if isinstance(value, str):
        value = _instant(value, zone) if "T" in value else date.fromisoformat(value)
    elif isinstance(value, datetime):
        value = value.astimezone(ZoneInfo(zone))
    return f"{value.day} {MONTHS[language][value.month - 1]} {value.year}"


def moment(language: str, zone: str, value: datetime | str | None) -> str:
    """``5 Januari 2026 pukul 14.30 WIB``, or ``5 January 2026, 14:30 WIB``."""
    if not value:
        return ""
    at = _instant(value, zone) if isinstance(value, str) else value.astimezone(ZoneInfo(zone))
    name = _ZONES.get(zone, zone)
    hour = f" pukul {at:%H.%M} {name}" if language == "id" else f", {at:%H:%M} {name}"
    return day(language, zone, at) + hour


def _instant(text: str, zone: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(ZoneInfo(zone))
