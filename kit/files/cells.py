"""Reads single cells of a table: what several kinds of tables write in the same way."""

from datetime import date

from kit.files import days
from kit.files.answers import Wrong
from kit.files.errors import FileErrors, quoted
from kit.files.tables import Line


def day(line: Line, column: str, errors: FileErrors, *, example: str) -> date | None:
    """The date in a cell, or None with the error noted; ``example`` is shown to who writes it.

    As people write dates; what is read otherwise than it is written is told as a warning.
    """
    text = line.get(column)
    found = days.day(text, example=example)
    if isinstance(found, Wrong):
        errors.add(line.at(column), found.wrong, found.fix)
        return None
    if found != text:
        shown = quoted(text)
        wrong = (f"'{shown}' is read as {found}", f"'{shown}' dibaca sebagai {found}")
        fix = ("the day comes before the month", "hari ditulis sebelum bulan")
        errors.warn(line.at(column), wrong, fix)
    return date.fromisoformat(found)
