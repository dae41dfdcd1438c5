"""Merges a city's special days: the nation's, those in its policy document, and those in its calendar file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from contracts.calendar import DayOrigin, SpecialDay
from kit.files import cells, limits
from kit.files.errors import FileErrors
from kit.files.tables import Columns, Line

COLUMNS = Columns(required=("day", "name"), optional=("kind",), rows=limits.DAYS)
_KINDS = frozenset(origin.value for origin in DayOrigin)


class DaySource(StrEnum):
    """Who says so."""

    NATION = "NATION"
    POLICY = "POLICY"
    FILE = "FILE"


@dataclass(frozen=True, slots=True)
class KnownDay:
    """A special day, and where it was read."""

    special: SpecialDay
    source: DaySource


def judge_days(lines: Sequence[Line], errors: FileErrors) -> list[SpecialDay]:
    """The days of a calendar file, or fewer with what is wrong noted."""
    found: dict[date, int] = {}
    days: list[SpecialDay] = []
    for line in lines:
        day, kind = (
            cells.day(line, "day", errors, example="2026-11-25"),
            line.get("kind").upper() or DayOrigin.CITY.value,
        )
        if kind not in _KINDS:
            wrong = (f"unknown kind of day '{line.get('kind')}'", f"jenis hari '{line.get('kind')}' tidak dikenal")
            choice = ", ".join(DayOrigin)
            errors.add(line.at("kind"), wrong, (f"one of {choice}, or empty", f"salah satu dari {choice}, atau kosong"))
            continue
        if not line.get("name"):
            errors.add(line.at("name"), ("the reason is empty", "alasan kosong"), ("name the day", "isi nama hari"))
        if day is None:
            continue
        if day in found:
            wrong = (f"{day} is already on line {found[day]}", f"{day} sudah ada di baris {found[day]}")
            errors.add(line.at("day"), wrong, ("keep one of the two lines", "pertahankan salah satu baris"))
        found.setdefault(day, line.number)
        days.append(SpecialDay(day=day, origin=DayOrigin(kind), name=line.get("name")))
    return days


def in_policy(document: Mapping[str, object]) -> list[SpecialDay]:
    """The city's own days off in its policy document, judged before."""
    given = document.get("holidays")
    if not isinstance(given, Mapping):
        return []
    return [
        SpecialDay(day=date.fromisoformat(str(day)), origin=DayOrigin.CITY, name=str(name))
        for day, name in given.items()
    ]


def merged(
    before: Iterable[KnownDay],
    *,
    nation: Iterable[SpecialDay],
    policy: Iterable[SpecialDay] | None,
    file: Iterable[SpecialDay] | None,
) -> list[KnownDay]:
    """Every special day once, in order: the file outranks the policy, and that the nation.

    A document that was not submitted (None) keeps what it said before; a file adds its days to those of the files
    before it, and says anew what one of them is.
    """
    known = list(before)
    ours = _kept(known, DaySource.POLICY) if policy is None else [KnownDay(one, DaySource.POLICY) for one in policy]
    theirs = _kept(known, DaySource.FILE)
    if file is not None:
        given = [KnownDay(one, DaySource.FILE) for one in file]
        again = {one.special.day for one in given}
        theirs = [one for one in theirs if one.special.day not in again] + given
    by_day = {one.day: KnownDay(one, DaySource.NATION) for one in nation}
    by_day |= {one.special.day: one for one in [*ours, *theirs]}
    return [by_day[day] for day in sorted(by_day)]


def _kept(known: Iterable[KnownDay], source: DaySource) -> list[KnownDay]:
    return [one for one in known if one.source is source]


def days_off(known: Iterable[KnownDay]) -> frozenset[date]:
    """On which days nobody works, weekends aside."""
    return frozenset(one.special.day for one in known if one.special.origin is not DayOrigin.WORKING_DAY)
