"""The limits of PermenPANRB 6/2022 that nobody may make longer, and how long a policy's ladders make them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from contracts.calendar import DayKind
from contracts.obligations import Step
from kit.files.documents import Path

Days = Callable[[object], int | None]
"""Working days that a part of a policy document gives, or None where it does not say."""
_WEEK = 5


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _worked(days: int | None, kind: object) -> int | None:
    """Calendar days as the most working days that they can hold: five of seven."""
    if days is None or kind != DayKind.CALENDAR:
        return days
    weeks, rest = divmod(days, 7)
    return weeks * _WEEK + min(rest, _WEEK)


def _due(ladder: object) -> int | None:
    if not isinstance(ladder, Mapping):
        return None
    return _worked(_number(ladder.get("due_days")), ladder.get("due_kind"))


def _rung(ladder: object, step: Step) -> int | None:
    """On which working day around the due date the first rung of this kind stands."""
    rungs = ladder.get("rungs") if isinstance(ladder, Mapping) else None
    for rung in rungs if isinstance(rungs, list | tuple) else ():
        if isinstance(rung, Mapping) and rung.get("step") == step:
            return _worked(_number(rung.get("days", 0)), rung.get("kind"))
    return None


def _until(step: Step) -> Days:
    """From the opening to a rung; to the due date where there is no such rung."""

    def days(ladder: object) -> int | None:
        due = _due(ladder)
        return None if due is None else due + max(0, _rung(ladder, step) or 0)

    return days


def _between(first: Step, last: Step) -> Days:
    """From one rung to the other."""

    def days(ladder: object) -> int | None:
        begins, ends = _rung(ladder, first), _rung(ladder, last)
        return None if begins is None or ends is None else ends - begins

    return days


_ALLOWED = ("shorter is allowed", "lebih singkat diperbolehkan")


@dataclass(frozen=True, slots=True)
class Longest:
    """One limit that law gives at most."""

    clock: int
    """Its number in docs/clocks.md."""
    article: str
    most: int
    """Working days."""
    path: Path
    days: Days
    meant: tuple[str, str] = ("", "")
    """What is counted, in English and Indonesian."""
    shorter: tuple[str, str] = _ALLOWED
    """What is to be said of a shorter one."""
    warned_when_shorter: bool = True
    """False where the days below are a placeholder inside the limit."""


LONGEST = (
    Longest(
        3,
        "L V.A.5",
        14,
        ("ladders", "ISSUE_RESULT"),
        _until(Step.HAND_OVER),
        ("to the hand-over of a late signature", "sampai pengalihan tanda tangan yang terlambat"),
    ),
    Longest(
        4,
        "L V.A.6",
        14,
        ("ladders", "ACKNOWLEDGE_RESULT"),
        _until(Step.LAPSE),
        ("until receipt is deemed", "sampai dianggap diterima"),
        warned_when_shorter=False,
    ),
    Longest(
        5,
        "L V.A.8",
        14,
        ("ladders", "ASSESS"),
        _between(Step.HAND_OVER, Step.OFFICE),
        ("of a silent rater's superior", "bagi atasan penilai yang diam"),
    ),
    Longest(7, "L V.A.7, 11", 30, ("ladders", "REPORT_UPWARD"), _due),
    Longest(
        8,
        "art. 29; L V.B.1-2",
        14,
        ("objection", "file_within"),
        _number,
        shorter=(
            "law gives the servant these days, so a regulation of your own must allow it",
            "hari ini adalah hak pegawai, sehingga harus ada peraturan daerah yang memperbolehkannya",
        ),
    ),
    Longest(9, "L V.B.3-6", 7, ("objection", "decide_within"), _number),
    Longest(9, "L V.B.3-6", 7, ("ladders", "DECIDE_OBJECTION"), _due),
)
