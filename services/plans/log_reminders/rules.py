"""From which last day on nothing has been entered for too long."""

from datetime import date, timedelta

from contracts.calendar import DayKind, LegalCalendar
from obligations.legal_dates import add_days

MOST_REMINDERS = 5
"""Of one gap: whoever enters nothing after so many reminders is a matter for his or her leader, who sees it on the board."""


def last_days(today: date, remind_after: int, calendar: LegalCalendar) -> list[date]:
    """By number of the reminder, the newest last day of entry of those who are due for it.

    So many working days lie between that day and today, neither of them counted: today is not over yet.
    """
    return [
        add_days(today, -(remind_after * number + 1), DayKind.WORKING, calendar)
        for number in range(1, MOST_REMINDERS + 1)
    ]


def from_day(period_start: date) -> date:
    """Who has entered nothing at all is counted as if the last entry were of the day before the period."""
    return period_start - timedelta(days=1)
