"""What a cell holds, and how text is kept from being read as a formula."""

import re
from datetime import date, datetime
from decimal import Decimal

Cell = str | int | Decimal | date | datetime | bool | None

# What spreadsheets begin a formula with, in ASCII and in the full-width forms that some of them take for the same; a
# tab, a carriage return or a line feed before it is skipped by some.
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
"""What no workbook can hold; a tab and line ends may stay."""
LONGEST = 32_767
"""Characters that a cell of a workbook takes."""
_DIGITS = 15
"""A spreadsheet keeps as many of a number; a NIP has eighteen."""


def plain(text: str) -> str:
    """The text without what a workbook cannot hold."""
    return _CONTROL.sub(" ", text)[:LONGEST]


def harmless(text: str) -> str:
    """The text as CSV carries it: an apostrophe before what a spreadsheet would compute (OWASP, CSV injection)."""
    cleaned = plain(text)
    return f"'{cleaned}" if cleaned.lstrip(" ").startswith(_STARTS) else cleaned


def written(cell: Cell) -> str:
    """A cell as text of CSV: numbers and days are what they are, and text is harmless."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return harmless(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(timespec="seconds")
    return str(cell)


def exact(cell: Cell) -> bool:
    """Whether a workbook keeps every digit of a number; what it would round is written as text."""
    if isinstance(cell, bool) or not isinstance(cell, int | Decimal):
        return True
    return (
        cell.is_finite() and len(cell.as_tuple().digits) <= _DIGITS
        if isinstance(cell, Decimal)
        else len(str(abs(cell))) <= _DIGITS
    )
