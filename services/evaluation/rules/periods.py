"""The report periods inside a cycle that are evaluated on their own (PermenPANRB 6/2022 art. 24)."""

from dataclasses import dataclass
from datetime import date, timedelta

from services.evaluation.rules.seasons import months_later


@dataclass(frozen=True, slots=True)
class ReportPeriod:
    """A month or a quarter, first and last day."""

    number: int
    starts_on: date
    ends_on: date


def before_the_last(start: date, end: date, every: int) -> tuple[ReportPeriod, ...]:
    """All periods of so many months but the last, which the evaluation of the whole cycle covers."""
    found: list[ReportPeriod] = []
    first = start
    while (following := months_later(first, every)) <= end:
        found.append(ReportPeriod(len(found) + 1, first, following - timedelta(days=1)))
        first = following
    return tuple(found)
