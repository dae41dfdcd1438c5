"""Writes a file to fill in as CSV, with the semicolon that a spreadsheet set to Indonesian expects."""

import csv
import io
from collections.abc import Sequence

from kit.sheets.cells import written
from services.registry.templates.rules.servants import Column


def as_text(columns: Sequence[Column]) -> bytes:
    """A header and the example; UTF-8 with the mark by which Excel knows it."""
    out = io.StringIO(newline="")
    lines = csv.writer(out, delimiter=";")
    lines.writerow([column.name for column in columns])
    lines.writerow([written(column.example) for column in columns])
    return out.getvalue().encode("utf-8-sig")
