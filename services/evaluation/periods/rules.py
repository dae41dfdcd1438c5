"""The report periods inside a cycle that are evaluated on their own (PermenPANRB 6/2022 art. 24), and how."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from contracts.base import Rating
from kit.errors import Refused
from services.evaluation.cycles.rules.schedule import months_later


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
    # The evaluation of the whole cycle covers the last period, so it has no row of its own.
    while (following := months_later(first, every)) <= end:
        found.append(ReportPeriod(len(found) + 1, first, following - timedelta(days=1)))
        first = following
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Given:
    """What the rater gives for a period."""

    ratings: tuple[Rating, Rating] | None
    """Results and behaviour; None takes over those of the period before."""
    note: str
    """Why; of what is taken over, what was agreed."""


def as_before(ratings: tuple[Rating, Rating] | None, *, by: UUID | None, now_by: UUID) -> tuple[Rating, Rating]:
    """The ratings of the period before, for an employee who moved (L IV.A); raises Refused where nobody else gave any."""
    if ratings is None:
        raise Refused(
            "the period before was not evaluated, so there is nothing to take over",
            "periode sebelumnya belum dievaluasi, tidak ada hasil yang dapat dipakai",
        )
    if by == now_by:
        raise Refused(
            "only what another rater gave is taken over: rate this period yourself",
            "hanya hasil dari pejabat penilai lain yang dapat dipakai: nilailah periode ini sendiri",
        )
    return ratings
