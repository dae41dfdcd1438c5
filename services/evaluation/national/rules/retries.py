"""When a row that got no answer is asked about again, and how long a gateway that asks for quiet gets it."""

import random
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

FIRST = 5.0
LONGEST = 3_600.0
"""Seconds. There is no last attempt: what nobody has answered is neither confirmed nor rejected."""
JITTER = 0.1
_MOST_ASKED = 24 * 3_600.0


def wait_after(attempts: int, *, first: float = FIRST, longest: float = LONGEST, chance: float | None = None) -> float:
    """Seconds after so many attempts: twice as long each time, up to an hour; a tenth of it is left to chance."""
    drawn = random.random() if chance is None else chance  # noqa: S311 - nothing secret hangs on it
    usual = min(longest, first * 2.0 ** min(attempts - 1, 20))
    return usual * (1 + JITTER * (2 * drawn - 1))


def asked_for(retry_after: str | None, now: datetime) -> float:
    """Seconds of quiet that ``Retry-After`` asks for, as a number or as a date; a day at most."""
    if retry_after is None:
        return 0.0
    if retry_after.strip().isascii() and retry_after.strip().isdigit():
        return min(_MOST_ASKED, float(retry_after.strip()[:9]))
    try:
        until = parsedate_to_datetime(retry_after)
    except ValueError:
        return 0.0
    aware = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(_MOST_ASKED, max(0.0, (aware - now).total_seconds()))
