"""Months of improvement after a poor result: when each is reviewed, when they are over, and what may be decided."""

from calendar import monthrange
from datetime import date

from contracts.feedback.improvement import ImprovementOutcome
from kit.errors import Invalid, Refused

MONTHS = 6
"""PP 30/2019 arts 56-58."""
LONGEST_EXTENSION = 6
RUNNING, DECIDABLE, SUPERSEDED = "RUNNING", "DECIDABLE", "SUPERSEDED"


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or the last one where that month is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def check_outcome(state: str, outcome: ImprovementOutcome, months: int | None) -> None:
    """Raises unless the months are over, and an extension says by how many."""
    if state == SUPERSEDED:
        raise Refused(
            "the result that this case came from got a newer version", "hasil kasus ini sudah digantikan versi baru"
        )
    if state != DECIDABLE:
        raise Refused(
            "the decision follows when the months are over", "keputusan diambil setelah masa perbaikan berakhir"
        )
    extends = outcome is ImprovementOutcome.EXTENDED
    if extends is (months is None):
        raise Invalid(
            f"say by how many months (1 to {LONGEST_EXTENSION}) an extension extends; leave them out otherwise",
            f"sebutkan jumlah bulan (1 sampai {LONGEST_EXTENSION}) hanya untuk perpanjangan",
            where="months",
        )
    if months is not None and not 1 <= months <= LONGEST_EXTENSION:
        raise Invalid(
            f"an extension has 1 to {LONGEST_EXTENSION} months", f"perpanjangan 1 sampai {LONGEST_EXTENSION} bulan"
        )
