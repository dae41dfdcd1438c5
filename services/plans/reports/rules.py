"""Reporting periods of a cycle, what a report must hold, and what is known of each indicator so far."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from pydantic import Field

from contracts.base import Frozen
from kit.errors import Invalid, Refused
from services.plans.plans.rules.content import LONGEST_TEXT

NOT_REPORTED = "not reported"
"""Why an indicator has no actual when the deadline took over: flagged, never zeroed."""


class Period(Frozen):
    """One reporting period of a cycle."""

    number: int
    starts_on: date
    ends_on: date
    final: bool


def periods(start: date, end: date, every: int) -> tuple[Period, ...]:
    """The periods of so many months from start to end; the last one ends with the cycle, however long it is."""
    starts = [start]
    while (following := _months_later(start, every * len(starts))) <= end:
        starts.append(following)
    ends = [*(one - timedelta(days=1) for one in starts[1:]), end]
    return tuple(
        Period(number=number, starts_on=first, ends_on=last, final=number == len(starts))
        for number, (first, last) in enumerate(zip(starts, ends, strict=True), start=1)
    )


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


class Figure(Frozen):
    """What somebody reports of one indicator: an actual, or why there is none."""

    indicator_id: UUID
    actual: Decimal | None = Field(default=None, max_digits=20, decimal_places=4)
    reason: str | None = Field(default=None, max_length=LONGEST_TEXT)

    @property
    def said(self) -> bool:
        """Whether it says anything."""
        return self.actual is not None or bool(self.reason and self.reason.strip())


def require_all(wanted: Sequence[tuple[UUID, str]], figures: Sequence[Figure]) -> None:
    """Raises Invalid unless each indicator (id, statement) has exactly one figure that says something."""
    given = [figure.indicator_id for figure in figures]
    said = {figure.indicator_id for figure in figures if figure.said}
    known = {indicator_id for indicator_id, _ in wanted}
    errors = [
        {"where": f"actuals.{indicator_id}", "detail": f"{statement}: give an actual, or the reason why there is none"}
        for indicator_id, statement in wanted
        if indicator_id not in said
    ]
    errors += [{"where": f"actuals.{one}", "detail": "no indicator of this plan"} for one in sorted(set(given) - known)]
    errors += [
        {"where": f"actuals.{one}", "detail": "given twice"} for one in sorted(set(given)) if given.count(one) > 1
    ]
    if errors:
        told = "; ".join(one["detail"] for one in errors)
        raise Invalid(f"the report is not complete: {told}", f"laporan belum lengkap: {told}", errors=errors)


def require_begun(period_starts: date, today: date) -> None:
    """Raises Refused before the first day of the period."""
    if today < period_starts:
        raise Refused(
            f"the period begins on {period_starts}: there is nothing to report yet",
            f"periode baru dimulai {period_starts}: belum ada yang dapat dilaporkan",
        )


class Known(Frozen):
    """What one report says of one indicator."""

    indicator_id: UUID
    period: int
    value: Decimal | None
    reason: str | None


def so_far(told: Iterable[Known]) -> dict[UUID, Known]:
    """The newest value of each indicator; the newest reason where no report ever gave a value."""
    newest: dict[UUID, Known] = {}
    for one in sorted(told, key=lambda known: known.period):
        before = newest.get(one.indicator_id)
        if one.value is not None or before is None or before.value is None:
            newest[one.indicator_id] = one
    return newest
