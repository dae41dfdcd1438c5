"""Numbers and days as people write and read them."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from services.portal.web.moments import day, moment
from services.portal.web.numbers import figure, number


@pytest.mark.parametrize(
    ("typed", "indonesian", "english"),
    [
        ("12", "12", "12"),
        ("12,5", "12.5", "12.5"),
        ("12.5", "12.5", "12.5"),
        ("1.500", "1500", "1.500"),
        ("1,500", "1.500", "1500"),
        ("0.125", "0.125", "0.125"),
        ("0,125", "0.125", "0.125"),
        ("1.250.000,5", "1250000.5", None),
        ("1,250,000.5", None, "1250000.5"),
        ("33,333", "33.333", "33333"),
        ("1 500", "1500", "1500"),
        ("-3", "-3", "-3"),
        *((wrong, None, None) for wrong in ("NaN", "Infinity", "1e9", "12.5.1", "1,2,3", "dua", "9" * 16, "٣")),
    ],
)
def test_a_number_is_read_as_its_language_writes_it(typed: str, indonesian: str | None, english: str | None) -> None:
    for language, expected in (("id", indonesian), ("en", english)):
        if expected is None:
            with pytest.raises(ValueError, match=re.escape(typed)):
                number(language, typed)
        else:
            assert number(language, typed) == Decimal(expected)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("value", ["0", "1500", "12.5", "33.3333", "0.125", "1234.567", "1250000.5"])
def test_what_a_form_shows_is_read_as_the_same_number(language: str, value: str) -> None:
    assert number(language, figure(language, value)) == Decimal(value)


def test_an_instant_falls_on_the_day_of_the_city() -> None:
    evening = "2026-01-04T23:30:00Z"
    assert day("id", "Asia/Jakarta", evening) == "5 Januari 2026"
    assert day("id", "Asia/Jayapura", datetime(2026, 1, 4, 14, 59, tzinfo=UTC)) == "4 Januari 2026"
    assert day("en", "Asia/Jayapura", datetime(2026, 1, 4, 15, 0, tzinfo=UTC)) == "5 January 2026"
    assert moment("id", "Asia/Makassar", evening) == "5 Januari 2026 pukul 07.30 WITA"


def test_a_day_is_the_same_everywhere() -> None:
    assert day("id", "Asia/Jayapura", "2026-01-04") == day("id", "Asia/Jakarta", date(2026, 1, 4)) == "4 Januari 2026"
    assert day("id", "Asia/Jakarta", None) == day("id", "Asia/Jakarta", "") == ""
