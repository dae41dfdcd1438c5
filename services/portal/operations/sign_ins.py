"""Sign-ins that failed in the last days, as a table: by day how often for each reason, and nothing of anybody."""

from collections.abc import Sequence
from datetime import date

from services.portal.listings.shown import Cell, Listing
from services.portal.sessions.failures import Failures, Reason
from services.portal.web.visit import Visit


def sign_ins(visit: Visit, found: Sequence[Failures]) -> Listing:
    """The newest day first; no row where nothing failed."""
    heads = [visit.say("operations.day"), *(visit.say(f"operations.reason_{one}") for one in Reason)]
    times = {(one.day, one.reason): one.times for one in found}
    rows = [_row(visit, day, times) for day in sorted({one.day for one in found}, reverse=True)]
    return Listing(visit.say("operations.sign_ins"), heads, rows)


def _row(visit: Visit, day: date, times: dict[tuple[date, Reason], int]) -> list[Cell]:
    return [visit.day(day), *(times.get((day, one), 0) for one in Reason)]
