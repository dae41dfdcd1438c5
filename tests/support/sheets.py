"""The rows of a download, CSV or XLSX, as one reads them: the same table gives the same rows."""

import csv
import io
from datetime import datetime
from decimal import Decimal, InvalidOperation

import httpx
import httpx2
from openpyxl import load_workbook

Rows = list[list[str]]
Answer = httpx.Response | httpx2.Response


def rows_of(answer: Answer) -> Rows:
    """By what the answer says that it is."""
    kind = answer.headers["content-type"]
    if kind.startswith("text/csv"):
        return [[_csv(one) for one in line] for line in csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))]
    [sheet] = load_workbook(io.BytesIO(answer.content)).worksheets
    assert not [cell for line in sheet.iter_rows() for cell in line if cell.data_type == "f"], "nothing is computed"
    return [[_xlsx(one) for one in line] for line in sheet.iter_rows(values_only=True)]


def _csv(cell: str) -> str:
    return _same(cell.removeprefix("'"))


def _xlsx(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return "" if cell is None else _same(str(cell))


def _same(text: str) -> str:
    """Numbers by their value; a NIP is none."""
    if len(text) >= len("194901011970010005"):
        return text
    try:
        return str(Decimal(text).normalize() + 0)
    except InvalidOperation:
        return text
