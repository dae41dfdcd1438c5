"""How many points of the present level somebody has, and how many are missing to the next one.

A running total begins again with every level: what was collected beyond what the level asked for does not go along
(Peraturan BKN 3/2023, promotion to another level).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

_NEXT = {
    "AHLI_PERTAMA": "AHLI_MUDA",
    "AHLI_MUDA": "AHLI_MADYA",
    "AHLI_MADYA": "AHLI_UTAMA",
    "PEMULA": "TERAMPIL",
    "TERAMPIL": "MAHIR",
    "MAHIR": "PENYELIA",
}
"""Levels of one category; from the highest of skill (penyelia) to expertise leads no promotion of levels."""


@dataclass(frozen=True, slots=True)
class Earned:
    """Points of one level in one period, or those that somebody brought."""

    level: str
    points: Decimal
    first: date
    last: date
    decided: bool
    """An official accepted them, or a document says so; what is only proposed is no point yet."""
    proposal_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One entry with what the level has after it."""

    earned: Earned
    total: Decimal
    """Of the decided ones of this level, since it was reached."""


@dataclass(frozen=True, slots=True)
class Account:
    """What somebody has on the present level."""

    level: str | None
    points: Decimal
    proposed: Decimal
    """Waits for the decision."""
    needed: Decimal | None
    """For the next level; None where there is none, or the policy does not say."""
    next_level: str | None
    lines: tuple[Line, ...]

    @property
    def missing(self) -> Decimal | None:
        """Of what is needed; never below nothing."""
        return None if self.needed is None else max(Decimal(0), self.needed - self.points)


def account(level: str | None, earned: Iterable[Earned], needed: Mapping[str, Decimal]) -> Account:
    """The account of who holds this level now; None: a position without credit points."""
    lines = _run(sorted(earned, key=lambda one: (one.first, one.last)))
    of_level = _since_reached(level, lines)
    return Account(
        level=level,
        points=of_level[-1].total if of_level else Decimal(0),
        proposed=sum((one.earned.points for one in of_level if not one.earned.decided), Decimal(0)),
        needed=None if level is None or level not in _NEXT else needed.get(level),
        next_level=None if level is None else _NEXT.get(level),
        lines=tuple(lines),
    )


def _run(earned: Sequence[Earned]) -> list[Line]:
    lines: list[Line] = []
    for one in earned:
        same = bool(lines) and lines[-1].earned.level == one.level
        before = lines[-1].total if same else Decimal(0)
        lines.append(Line(one, before + (one.points if one.decided else 0)))
    return lines


def _since_reached(level: str | None, lines: Sequence[Line]) -> list[Line]:
    """The last lines, as far as they are of this level."""
    found: list[Line] = []
    for one in reversed(lines):
        if one.earned.level != level:
            break
        found.insert(0, one)
    return found
