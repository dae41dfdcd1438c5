"""Writes a file to fill in as a workbook: lists to choose from, numbers that stay text, what each column means beside it."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from kit.sheets.cells import plain
from services.registry.templates.rules.servants import Column

SHEET, CHOICES, MEANING = "Pegawai", "Pilihan", "Petunjuk"
ROWS = 5_000
"""Lines that have the lists; whatever is below is judged by the import alone."""
_WIDE = 24


def as_workbook(columns: Sequence[Column], units: Mapping[str, str]) -> bytes:
    """The sheet to fill in first, then what may be chosen (units with their names), then what each column means."""
    from openpyxl import Workbook  # noqa: PLC0415 - 20 MB that a process without templates does not need

    book = Workbook()
    sheet: Any = book.active
    sheet.title = SHEET
    _fill_in(sheet, columns)
    _offer(sheet, book.create_sheet(CHOICES), columns, units)
    _explain(book.create_sheet(MEANING), columns)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill_in(sheet: Any, columns: Sequence[Column]) -> None:
    from openpyxl.comments import Comment  # noqa: PLC0415 - likewise
    from openpyxl.styles import Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    sheet.freeze_panes = "A2"
    for at, column in enumerate(columns, start=1):
        # A whole column of text: a number of eighteen digits would be rounded to fifteen, and 14.70 become 14.7.
        format_ = sheet.column_dimensions[get_column_letter(at)]
        format_.number_format, format_.width = "@", _WIDE
        head = sheet.cell(1, at, column.name)
        head.font, head.comment = Font(bold=column.needed), Comment(" / ".join(column.words), "Kinerja")
        cell = sheet.cell(2, at, plain(column.example))
        cell.data_type, cell.number_format, cell.font = "s", "@", Font(italic=True, color="808080")


def _offer(sheet: Any, choices: Any, columns: Sequence[Column], units: Mapping[str, str]) -> None:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - likewise
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    place = 0
    for at, column in enumerate(columns, start=1):
        if not column.choices:
            continue
        place += 1
        _list(choices, place, column.name, column.choices)
        letter, own = get_column_letter(place), get_column_letter(at)
        source = f"{CHOICES}!${letter}$2:${letter}${len(column.choices) + 1}"
        rule = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=True)
        rule.errorTitle, rule.error = column.name, f"Pilih dari daftar / choose from the list: {CHOICES}"
        rule.add(f"{own}2:{own}{ROWS + 1}")
        sheet.add_data_validation(rule)
        if column.name == "unit_code":
            place += 1
            _list(choices, place, "nama unit", [units[code] for code in column.choices])


def _list(sheet: Any, place: int, title: str, values: Sequence[str]) -> None:
    for row, value in enumerate((title, *values), start=1):
        cell = sheet.cell(row, place, plain(value))
        cell.data_type, cell.number_format = "s", "@"


def _explain(sheet: Any, columns: Sequence[Column]) -> None:
    sheet.append(("Kolom / column", "Wajib / needed", "Isi", "Content"))
    for column in columns:
        sheet.append((column.name, "ya / yes" if column.needed else "-", *column.words))
    sheet.append(
        ("Baris contoh di lembar Pegawai dilewati saat impor / the example line is passed over by the import",)
    )
