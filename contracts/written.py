"""How people write days and instants to us: as ISO 8601 words, never as numbers, and within reason.

Left to itself pydantic takes a number, or its digits, for seconds since 1970: ``"until": 20260131`` would be a day in 1970.
"""

import re
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, BeforeValidator
from pydantic_core import PydanticKnownError

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]{1,9})?)?([Zz]|[+-][0-9]{2}:?[0-9]{2})?"
)
YEARS = range(1900, 2200)
"""Nobody's service begins earlier or ends later, and counting on from there stays within what a date can be."""


def _year(text: str) -> int:
    return int(text[:4])


def _day(value: Any) -> Any:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not _DAY.fullmatch(value) or _year(value) not in YEARS:
        raise PydanticKnownError("date_type")
    return value


def _instant(value: Any) -> Any:
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not _INSTANT.fullmatch(value) or _year(value) not in YEARS:
        raise PydanticKnownError("datetime_type")
    return value


Day = Annotated[date, BeforeValidator(_day)]
"""A day, e.g. ``2026-01-31``."""

Instant = Annotated[AwareDatetime, BeforeValidator(_instant)]
"""An instant with its time zone, e.g. ``2026-01-31T08:00:00+07:00``."""
