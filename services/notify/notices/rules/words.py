"""Words for people, in Indonesian and English: obligations, predicates, outcomes, instants."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from contracts.base import Predicate
from contracts.month_names import MONTHS
from contracts.obligation_names import OBLIGATION_NAMES
from contracts.obligations import ObligationKind

LANGUAGES = ("id", "en")

PREDICATES: dict[str, tuple[str, str]] = {
    Predicate.VERY_GOOD: ("Sangat Baik", "very good"),
    Predicate.GOOD: ("Baik", "good"),
    Predicate.NEEDS_IMPROVEMENT: ("Butuh Perbaikan", "needs improvement"),
    Predicate.POOR: ("Kurang", "poor"),
    Predicate.VERY_POOR: ("Sangat Kurang", "very poor"),
}
_DAYS = (
    ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
)
_ZONES = {7: "WIB", 8: "WITA", 9: "WIT"}


def which(language: str) -> int:
    """Where in a pair of words a language stands: Indonesian first, which everybody else reads as well."""
    return 1 if language == "en" else 0


def obligation(kind: str, language: str) -> str:
    """What is to be done, e.g. ``Ajukan rencana kinerja (SKP)``."""
    return OBLIGATION_NAMES[ObligationKind(kind)][which(language)]


def predicate(name: str, language: str) -> str:
    """A predicate as the regulation calls it."""
    return PREDICATES[name][which(language)]


def day(on: date, language: str) -> str:
    """A date, e.g. ``5 Januari 2026``."""
    return f"{on.day} {MONTHS[LANGUAGES[which(language)]][on.month - 1]} {on.year}"


def moment(instant: datetime, language: str, zone: str) -> str:
    """An instant in the city's zone, e.g. ``Senin, 5 Januari 2026 pukul 23.59 WIB``."""
    local = instant.astimezone(ZoneInfo(zone))
    tongue = which(language)
    on = f"{_DAYS[tongue][local.weekday()]}, {day(local.date(), language)}"
    offset = local.utcoffset()
    hours = 0 if offset is None else int(offset.total_seconds() // 3600)
    name = _ZONES.get(hours, f"UTC{hours:+d}")
    return f"{on} {local:%H:%M} {name}" if tongue else f"{on} pukul {local:%H.%M} {name}"
