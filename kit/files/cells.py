"""Reads single cells of a table: what several kinds of tables write in the same way."""

from datetime import date

from kit.files.errors import FileErrors, quoted
from kit.files.tables import Line


def day(line: Line, column: str, errors: FileErrors, *, example: str) -> date | None:
    """The date in a cell, or None with the error noted; ``example`` is shown to who writes it."""
    text = line.get(column)
    try:
        return date.fromisoformat(text)
    except ValueError:
        shown = quoted(text)
        wrong = (f"the date '{shown}' does not exist", f"tanggal '{shown}' tidak ada")
        fix = (f"year-month-day, e.g. {example}", f"tahun-bulan-hari, contoh: {example}")
        errors.add(line.at(column), wrong, fix)
        return None
