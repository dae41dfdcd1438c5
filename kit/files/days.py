"""Dates as they are written in Indonesia: the day before the month, the month as a word, or Excel's count of days."""

import re
from datetime import date, timedelta

from kit.files.answers import Words, Wrong
from kit.files.errors import quoted

_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "januari january jan", "februari february pebruari feb peb", "maret march mar mrt", "april apr", "mei may",
            "juni june jun", "juli july jul", "agustus august agu ags agt aug", "september sep sept", "oktober october okt oct",
            "november nopember nov nop", "desember december des dec",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]00:00(?::00)?(?:\.0+)?)?")
_OURS = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4})(?: 00:00(?::00)?)?")
_WORDS = re.compile(r"(\d{1,2})[\s.-]*([a-z]+)[\s.,-]*(\d{4})", re.IGNORECASE)
_SHORT = re.compile(r"\d{1,2}\s*[-/. ]\s*(?:\d{1,2}|[a-z]+)\s*[-/. ]\s*\d{2}", re.IGNORECASE)
_EPOCH = date(1899, 12, 30)
"""Day 0 of Excel's count, which takes 1900 for a leap year."""
_FIRST, _LAST = 14_000, 60_000
"""1938 to 2064: another number is no day of anybody's work."""


def day(text: str, *, example: str = "2026-01-31") -> str | Wrong:
    """As ``2020-04-01``; ``example`` is shown to who writes it otherwise."""
    said, shown = text.strip(), quoted(text)
    fix = (f"year-month-day, e.g. {example}", f"tahun-bulan-hari, contoh: {example}")
    if (parts := _parts(said)) is not None:
        return _existing(parts, shown, fix)
    if said.isdigit() and _FIRST <= int(said) <= _LAST:
        return (_EPOCH + timedelta(days=int(said))).isoformat()
    if _SHORT.fullmatch(said):
        return Wrong((f"the year of '{shown}' has two digits", f"tahun pada '{shown}' hanya dua digit"), fix)
    return Wrong((f"'{shown}' is not written as a date", f"'{shown}' tidak tertulis sebagai tanggal"), fix)


def _existing(parts: tuple[int, int, int], shown: str, fix: Words) -> str | Wrong:
    year, month, number = parts
    try:
        return date(year, month, number).isoformat()
    except ValueError:
        pass
    try:
        meant = date(year, number, month)
    except ValueError:
        return Wrong((f"the date '{shown}' does not exist", f"tanggal '{shown}' tidak ada"), fix)
    # Nobody is told of a day that there is that it does not exist.
    wrong = (
        f"'{shown}' has no month {month}: day and month seem exchanged",
        f"'{shown}' tidak mungkin berbulan {month}: hari dan bulan tampaknya tertukar",
    )
    return Wrong(wrong, (f"write {meant} if that is meant", f"tulis {meant} bila itu yang dimaksud"))


def _parts(said: str) -> tuple[int, int, int] | None:
    if found := _ISO.fullmatch(said):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _OURS.fullmatch(said):
        return int(found[3]), int(found[2]), int(found[1])
    if (found := _WORDS.fullmatch(said)) and (month := _MONTHS.get(found[2].lower())):
        return int(found[3]), month, int(found[1])
    if len(said) == 8 and said.isdigit() and "1900" <= said[:4] <= "2100":
        return int(said[:4]), int(said[4:6]), int(said[6:])
    return None
