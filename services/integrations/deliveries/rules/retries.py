"""When a webhook that failed is sent again: the schedule that Standard Webhooks gives."""

import random
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

SCHEDULE = (5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600)
"""Seconds after each attempt but the last; with the first attempt ten in some 75 hours."""
ATTEMPTS = len(SCHEDULE) + 1
JITTER = 0.1
"""So much of each wait is left to chance: what failed together does not come back together."""
_PATIENT = frozenset({429, 503})
_LONGEST = 24 * 3600.0


def wait_after(attempts: int, *, asked: float | None = None, chance: float | None = None) -> float | None:
    """Seconds until the next attempt after so many; None if there is none. Whoever asks for more time gets it, up to a day."""
    if attempts >= ATTEMPTS:
        return None
    drawn = random.random() if chance is None else chance  # noqa: S311 - nothing secret hangs on it
    usual = SCHEDULE[attempts - 1] * (1 + JITTER * (2 * drawn - 1))
    return max(usual, min(asked or 0.0, _LONGEST))


def asked_for(status: int, retry_after: str | None, now: datetime) -> float | None:
    """Seconds that the receiver asks to be left alone for (429, 503 with ``Retry-After``), if it says so."""
    if status not in _PATIENT or retry_after is None:
        return None
    if retry_after.strip().isascii() and retry_after.strip().isdigit():
        return float(retry_after[:9])
    try:
        until = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    aware = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (aware - now).total_seconds())
