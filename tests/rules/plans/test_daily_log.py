"""What a daily log takes."""

from datetime import date, timedelta

import pytest

from contracts.policy.daily_log import LogRule, ends, in_time_until
from contracts.policy.follow_up import Documentation
from kit.errors import Invalid, Refused
from services.plans.daily_log.rules import Entry, require_timely, require_used

TODAY = date(2026, 1, 12)


def _entry(day: int, text: str = "Rapat koordinasi", late_reason: str | None = None) -> Entry:
    return Entry(day=date(2026, 1, day), text=text, minutes=60, late_reason=late_reason)


def test_seven_days_back_needs_no_reason_and_eight_does() -> None:
    require_timely([_entry(12), _entry(5), _entry(4, late_reason="Cuti")], TODAY, late_after=7)
    for late in (_entry(4), _entry(4, late_reason=" "), _entry(13)):
        with pytest.raises(Invalid):
            require_timely([late], TODAY, late_after=7)


def test_a_city_without_daily_log_refuses_it() -> None:
    require_used(daily_log=True)
    with pytest.raises(Refused):
        require_used(daily_log=False)


def test_the_same_entry_has_the_same_digest_and_another_one_another() -> None:
    assert _entry(9).digest == _entry(9).digest
    assert _entry(9).digest != _entry(9, "Apel pagi").digest


@pytest.mark.parametrize(
    ("documentation", "last"),
    [
        (Documentation.DAILY, date(2026, 5, 6)),
        (Documentation.WEEKLY, date(2026, 5, 10)),
        (Documentation.MONTHLY, date(2026, 5, 31)),
        (Documentation.QUARTERLY, date(2026, 6, 30)),
        (Documentation.HALF_YEARLY, date(2026, 6, 30)),
        (Documentation.YEARLY, date(2026, 12, 31)),
    ],
)
def test_permenpanrb_6_2022_art_16_the_agency_sets_for_which_stretch_of_time_work_is_documented(
    documentation: Documentation, last: date
) -> None:
    assert ends(date(2026, 5, 6), documentation) == last
    assert ends(last, documentation) == last


def test_permenpanrb_6_2022_art_16_an_entry_is_late_once_its_stretch_of_time_is_over() -> None:
    """The week of Monday the 5th ends on the 11th, so seven days after it are the 18th."""
    require_timely([_entry(5)], date(2026, 1, 18), Documentation.WEEKLY, late_after=7)
    with pytest.raises(Invalid):
        require_timely([_entry(5)], date(2026, 1, 19), Documentation.WEEKLY, late_after=7)
    with pytest.raises(Invalid):
        require_timely([_entry(5)], date(2026, 1, 18), Documentation.DAILY, late_after=7)


def test_how_late_is_late_is_what_the_city_says() -> None:
    """PermenPANRB 6/2022 art. 16 leaves it to the agency: a province asks for a reason after three days."""
    require_timely([_entry(9)], TODAY, late_after=3)
    with pytest.raises(Invalid, match="more than 3 days ago"):
        require_timely([_entry(8)], TODAY, late_after=3)
    require_timely([_entry(8)], TODAY, late_after=7)
    require_timely([_entry(12)], TODAY, late_after=0)


@pytest.mark.parametrize("documentation", list(Documentation))
@pytest.mark.parametrize("late_after", [0, 3, 7])
def test_what_a_page_takes_for_in_time_is_what_the_log_takes_without_a_reason(
    documentation: Documentation, late_after: int
) -> None:
    last = in_time_until(_entry(6).day, documentation, LogRule(late_after=late_after))
    require_timely([_entry(6)], last, documentation, late_after=late_after)
    with pytest.raises(Invalid):
        require_timely([_entry(6)], last + timedelta(days=1), documentation, late_after=late_after)
