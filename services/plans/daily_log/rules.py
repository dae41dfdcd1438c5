"""What a log of work takes: no future, and a reason for what is entered late.

It is kept by day, week, month, quarter, half-year or year, as the agency sets it (PermenPANRB 6/2022 art. 16).
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from uuid import UUID

from pydantic import Field

from contracts.base import Frozen
from contracts.policy.daily_log import ends
from contracts.policy.follow_up import Documentation
from contracts.written import Day
from kit.errors import Invalid, Refused, details, fault

LOOKS_BACK = timedelta(days=7)
"""The same text of one person within so many days is pointed out to those who lead him or her."""
FEWEST_WORDS = 3
"""Two people write "Apel pagi" on their own; of so many words on, the same text of two is pointed out."""
MOST_ENTRIES = 200
DAY_MINUTES = 24 * 60
LONGEST_REASON = 2000


class Entry(Frozen):
    """One piece of work on one day."""

    day: Day
    text: str = Field(min_length=3, max_length=2000)
    minutes: int = Field(ge=1, le=DAY_MINUTES)
    quantity: Decimal | None = Field(default=None, ge=0, le=10**16, max_digits=20, decimal_places=4)
    work_result_id: UUID | None = None
    late_reason: str | None = Field(default=None, max_length=LONGEST_REASON)

    @property
    def digest(self) -> str:
        """The same for the same entry, so that what is sent twice is kept once."""
        return sha256(f"{self.minutes}\x1f{self.quantity}\x1f{self.work_result_id}\x1f{self.text}".encode()).hexdigest()


def require_used(*, daily_log: bool) -> None:
    """Raises Refused where the city keeps no daily log."""
    if not daily_log:
        raise Refused("this city keeps no daily log", "kota ini tidak memakai catatan harian")


def require_timely(
    entries: Sequence[Entry], today: date, documentation: Documentation = Documentation.DAILY, *, late_after: int
) -> None:
    """Raises Invalid for days to come, and for what is documented more than so many days late without a reason."""
    errors = [
        fault(f"entries.{number}.{field}", *wrong)
        for number, entry in enumerate(entries)
        for field, *wrong in untimely(entry, today, documentation, late_after)
    ]
    if errors:
        placed = [
            [f"{one['where']}: {words}" for words in both] for one, both in zip(errors, details(errors), strict=True)
        ]
        english, indonesian = ("; ".join(words) for words in zip(*placed, strict=True))
        raise Invalid(english, f"catatan harian tidak sah: {indonesian}", errors=errors)


def untimely(entry: Entry, today: date, documentation: Documentation, days: int) -> Iterable[tuple[str, str, str]]:
    """Field and what is wrong with it in English and Indonesian: a day to come, or ``days`` late without a reason."""
    if entry.day > today:
        yield "day", "lies in the future", "belum terjadi"
    if ends(entry.day, documentation) < today - timedelta(days=days) and not (entry.late_reason or "").strip():
        yield (
            "late_reason",
            f"due more than {days} days ago: say why it is entered late",
            f"jatuh tempo lebih dari {days} hari lalu: sebutkan alasan terlambat",
        )
