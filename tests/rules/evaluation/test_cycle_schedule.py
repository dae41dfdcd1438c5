"""Which period comes next."""

from datetime import date

import pytest

from services.evaluation.cycles.rules.schedule import next_start


@pytest.mark.parametrize(
    ("today", "months", "newest", "expected"),
    [
        (date(2026, 11, 20), 6, None, date(2027, 1, 1)),
        (date(2027, 1, 1), 6, None, date(2027, 7, 1)),
        (date(2027, 2, 1), 12, None, date(2028, 1, 1)),
        (date(2027, 5, 1), 3, None, date(2027, 7, 1)),
        (date(2027, 6, 5), 6, date(2027, 1, 1), date(2027, 7, 1)),
        (date(2027, 9, 1), 6, date(2027, 1, 1), date(2027, 7, 1)),  # late, but its period still runs
        (date(2028, 3, 1), 6, date(2027, 1, 1), date(2028, 1, 1)),  # the second half of 2027 is over
        (date(2027, 11, 1), 12, date(2027, 1, 1), date(2028, 1, 1)),
    ],
)
def test_the_next_period(today: date, months: int, newest: date | None, expected: date) -> None:
    assert next_start(today, months, newest=newest) == expected
