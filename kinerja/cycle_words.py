"""The status of a cycle, in plain Indonesian or English."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from contracts.month_names import MONTHS
from contracts.phase_names import PHASE_NAMES

Answer = Mapping[str, Any]

_TEXTS = {
    "closed": ("Siklus sudah selesai.", "The cycle is closed."),
    "cancelled": ("Siklus dibatalkan.", "The cycle was cancelled."),
    "paused": ("Siklus dijeda sejak {since}: tidak ada tahap yang mulai atau berakhir, tidak ada tenggat yang berjalan.",
               "The cycle has been paused since {since}: no phase begins or ends, no ladder moves."),
    "phase": ("Sekarang tahap {phase}, paling lambat {due}.", "It is in the phase {phase}, due by {due}."),
    "between": ("Tidak ada tahap yang sedang berjalan.", "No phase is open."),
    "next_at": ("Berikutnya: {phase}, mulai {at}.", "Next: {phase}, from {at}."),
    "next": ("Berikutnya: {phase}, begitu tahap ini berakhir.", "Next: {phase}, as soon as this phase has ended."),
    "last": ("Ini tahap terakhir; siklus ditutup bila semua kewajiban selesai.",
             "This is the last phase; the cycle closes when nothing is owed any more."),
    "late": ("Semua tahap selesai; siklus menunggu kewajiban yang terlambat.",
             "Every phase is over; the cycle waits for what is late."),
    "nothing": ("Tidak ada kewajiban yang terbuka.", "Nobody owes anything."),
    "owed": ("{open} kewajiban terbuka, {overdue} di antaranya terlambat.", "{open} obligations are open, {overdue} of them overdue."),
}  # fmt: skip


def say(language: str, key: str, **values: object) -> str:
    """One sentence."""
    return _TEXTS[key][language == "en"].format(**values)


def phase(language: str, name: str) -> str:
    """What people call a phase."""
    return PHASE_NAMES[name][language == "en"]


def day(language: str, instant: str, zone: ZoneInfo) -> str:
    """A date in the city's zone, e.g. ``31 Januari 2027``."""
    local = datetime.fromisoformat(instant).astimezone(zone)
    return f"{local.day} {MONTHS[language][local.month - 1]} {local.year}"


def sentences(language: str, status: Answer, owed: Answer, zone: ZoneInfo) -> list[str]:
    """The phase of the cycle, what happens next and when, and how much is owed."""
    if status["state"] in ("CLOSED", "CANCELLED"):
        return [say(language, status["state"].lower())]
    said = [_now(language, status, zone), _next(language, status, zone)]
    if status["paused_at"]:
        said.insert(0, say(language, "paused", since=day(language, status["paused_at"], zone)))
    if owed["open"]:
        return [*said, say(language, "owed", open=owed["open"], overdue=owed["overdue"])]
    return [*said, say(language, "nothing")]


def _now(language: str, status: Answer, zone: ZoneInfo) -> str:
    if status["phase"] is None:
        return say(language, "between" if status["next_phase"] else "late")
    due = day(language, status["due_at"], zone)
    return say(language, "phase", phase=phase(language, status["phase"]), due=due)


def _next(language: str, status: Answer, zone: ZoneInfo) -> str:
    if status["next_phase"] is None:
        return say(language, "last")
    following = phase(language, status["next_phase"])
    if status["next_opens_at"] is None:
        return say(language, "next", phase=following)
    return say(language, "next_at", phase=following, at=day(language, status["next_opens_at"], zone))
