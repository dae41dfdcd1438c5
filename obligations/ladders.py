"""The instants of a ladder: its rungs around a due date, frozen when an obligation is opened."""

from collections.abc import Sequence
from datetime import date, datetime

from contracts.base import Frozen
from contracts.calendar import LegalCalendar
from contracts.obligations import Ladder, Rung, Step
from obligations.legal_dates import add_days, end_of_day, local_date


class RungAt(Frozen):
    """One step of a ladder with its frozen instant."""

    at: datetime
    step: Step


def climb(ladder: Ladder, due_at: datetime, opened_at: datetime, calendar: LegalCalendar) -> tuple[RungAt, ...]:
    """The instants of a ladder's rungs around a due date; reminders that would lie before the opening are left out."""
    due = local_date(due_at, calendar)
    rungs = [RungAt(at=_rung_at(rung, due, calendar), step=rung.step) for rung in ladder.rungs]
    return tuple(rung for rung in sorted(rungs, key=lambda r: r.at) if rung.at > opened_at)


def _rung_at(rung: Rung, due: date, calendar: LegalCalendar) -> datetime:
    return end_of_day(add_days(due, rung.days, rung.kind, calendar), calendar)


def next_instant(rungs: Sequence[RungAt], rung: int) -> datetime | None:
    """When the ladder moves next, or None above its last rung."""
    return rungs[rung].at if rung < len(rungs) else None
