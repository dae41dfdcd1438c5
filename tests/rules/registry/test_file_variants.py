"""Files of the same kinds that nobody kept: each case in other orders, encodings, separators and layouts comes to the same."""

import csv
import io
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from kit.files.errors import FileErrors
from kit.files.sheets import FIRST, Sheet
from kit.files.workbook import Number
from services.registry.imports.rules import headers
from services.registry.imports.rules.judgement import KnownPolicy, judge
from services.registry.imports.rules.known import Known, KnownPerson
from services.registry.imports.rules.mapping import Confirmed
from services.registry.imports.rules.people_table import read_people
from services.registry.imports.rules.rows import ServantRow
from services.registry.imports.rules.servants import COLUMNS
from services.registry.imports.rules.submission import Upload, read_all
from tests.services.registry.place_files import committed

CASES = Path(__file__).parents[2] / "cases" / "import"
FILES = sorted(one.name for one in CASES.iterdir() if one.name != "expected.csv" and "_units" not in one.name)
UNREADABLE = {"l13_formula_no_value.xlsx", "l13_only_chart.xlsx", "l14_html.xls", "l3_nip_as_number.xlsx"}
"""What is wrong with these is the file itself, not what its table says."""
SAMPLE = {"197512142000121000": "tarmizi.salim.2@dumai.example", "196804041992091000": "arman.tahir.1@dumai.example"}
Cells = list[list[str]]


@dataclass(frozen=True)
class Outcome:
    """What an import comes to, wherever in the file things stand."""

    people: list[ServantRow]
    asked: list[tuple[str, str, tuple[str, ...]]]
    wrong: list[str]


@cache
def known() -> Known:
    """Dumai as its sample has it."""
    uploads = [Upload(name, content) for name, content in committed("dumai").items() if name != "competences.csv"]
    errors = FileErrors()
    found = judge(read_all(uploads, errors), Known(city="14.72", today=date(2026, 1, 5)), {}, errors)
    assert not errors
    return Known(
        city="14.72",
        today=date(2026, 1, 5),
        units={one.code: one.parent_code for one in found.units},
        raters={one.nip: one.rater_nip for one in found.people},
        heads={one.unit_code: one.nip for one in found.people if one.is_head},
        unit_names={one.code: one.name for one in found.units},
        people={
            one.nip: KnownPerson(one.name, one.email, "", one.language, one.employment_type) for one in found.people
        },
    )


@cache
def numbers() -> dict[str, str]:
    """Today's numbers of the sample people whom the files name."""
    by_mail = {one.email: nip for nip, one in known().people.items()}
    return {old: by_mail[email] for old, email in SAMPLE.items()}


def content_of(name: str) -> Sheet | None:
    """The table of a case."""
    errors = FileErrors()
    found = read_people(name, (CASES / name).read_bytes(), errors)
    if found is None or errors:
        return None
    return Sheet(found.name, [(number, [_today(cell) for cell in cells]) for number, cells in found.lines])


def _today(cell: str) -> str:
    if isinstance(cell, Number):
        return cell
    for old, new in numbers().items():
        cell = cell.replace(old, new)
    return cell


def outcome(name: str, content: bytes) -> Outcome:
    """Of one file, once whatever mapping it proposes is confirmed."""
    one, asked = _judged(name, content, known())
    if one is not None and one["mappings"]:
        [proposal] = one["mappings"]
        _, asked = _judged(name, content, replace(known(), mappings={proposal["key"]: Confirmed(proposal["columns"])}))
    return asked


def _judged(name: str, content: bytes, city: Known) -> tuple[Any, Outcome]:
    errors = FileErrors()
    submission = read_all([Upload(name, content)], errors)
    found = judge(submission, city, {"14.72": KnownPolicy(None, {}, {})}, errors)
    asked = [(one["field"], one["value"], tuple(one["choices"])) for one in found.notes["questions"]]
    wrong = [] if asked else sorted(_plain(one.wrong.en) for one in errors.in_order())
    people = [] if errors else [replace(row, line=0) for row in found.people]
    return found.notes, Outcome(people, sorted(asked), wrong)


def _plain(said: str) -> str:
    """Without the numbers of lines and fields, which are others in another layout, and what only a blank there betrays."""
    what, _, _ = said.partition(": '")
    return " ".join(word for word in what.split() if not word.strip(":,.").isdigit() or len(word) > 6)


def as_csv(table: Cells, encoding: str, separator: str) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(table)
    return out.getvalue().encode(encoding, "xmlcharrefreplace")


def as_xlsx(table: Cells, *, before: str = "") -> bytes:
    book, out = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    if before:
        book.create_sheet(before, 0).append(["Petunjuk pengisian"])
    for line in table:
        sheet.append([float(cell) if isinstance(cell, Number) else cell or None for cell in line])
    book.save(out)
    return out.getvalue()


def with_titles(table: Cells) -> Cells:
    return [["PEMERINTAH KOTA DUMAI"], ["KEADAAN 31 DESEMBER 2025"], [""], *table]


def in_other_order(table: Cells) -> Cells:
    """The same shuffle of columns in every line."""
    width = max(len(line) for line in table)
    order = random.Random(7).sample(range(width), width)  # noqa: S311 - which order does not matter
    wide = [line + [""] * (width - len(line)) for line in table]
    return [[line[at] for at in order] for line in wide]


def with_other_columns(table: Cells) -> Cells:
    """A column of somebody else's in front, one at the end."""
    at = next(at for at, line in enumerate(table) if sum(bool(cell) for cell in line) > headers.LEAST)
    width = max(len(line) for line in table)
    made: Cells = []
    for number, line in enumerate(table):
        first, last = ("No. Karpeg", "No. HP") if number == at else ("A123", "0812") if number > at else ("", "")
        made.append([first, *line, *[""] * (width - len(line)), last])
    return made


VARIANTS: dict[str, tuple[str, Callable[[Cells], bytes]]] = {
    "utf-16, tabs": ("pegawai.txt", lambda table: as_csv(table, "utf-16", "\t")),
    "utf-8 with a mark, semicolons": ("pegawai.csv", lambda table: as_csv(table, "utf-8-sig", ";")),
    "bars": ("data.csv", lambda table: as_csv(table, "utf-8", "|")),
    "workbook behind instructions": ("Data Pegawai.xlsx", lambda table: as_xlsx(table, before="Petunjuk")),
    "titles above, workbook": ("data.xlsx", lambda table: as_xlsx(with_titles(table))),
    "titles above, text": ("data.csv", lambda table: as_csv(with_titles(table), "utf-8", ",")),
    "other order": ("data.csv", lambda table: as_csv(in_other_order(table), "utf-8", ",")),
    "other order, workbook": ("data.xlsx", lambda table: as_xlsx(in_other_order(table))),
    "other columns": ("data.xlsx", lambda table: as_xlsx(with_other_columns(table))),
}
MOVED = ("other order", "other order, workbook", "other columns")
"""Columns stand elsewhere: not for headers of two lines, whose merged cells belong together, nor for lines cut off."""


def _is_whole(lines: Sequence[tuple[int, Sequence[str]]]) -> bool:
    found = headers.find(lines[:FIRST])
    if found is None or found.rows > 1:
        return False
    return max(len(cells) for _, cells in lines) <= len(found.labels)


def _ours(lines: Sequence[tuple[int, Sequence[str]]]) -> bool:
    return any(len({cell.strip() for cell in cells} & set(COLUMNS.all)) > headers.LEAST for _, cells in lines[:FIRST])


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("name", [one for one in FILES if one not in UNREADABLE])
def test_a_file_of_the_same_kind_comes_to_the_same(name: str, variant: str) -> None:
    sheet = content_of(name)
    assert sheet is not None
    if variant in MOVED and (not _is_whole(sheet.lines) or (variant == "other columns" and _ours(sheet.lines))):
        pytest.skip("its columns cannot stand elsewhere")
    table = [list(cells) for _, cells in sheet.lines]
    sent_as, write = VARIANTS[variant]
    held = any(isinstance(cell, Number) for line in table for cell in line)
    if held and not sent_as.endswith(".xlsx"):
        pytest.skip("what a sheet holds as a number is text elsewhere")
    wanted = outcome("data.xlsx", as_xlsx(table))
    assert outcome(sent_as, write(table)) == wanted
    assert wanted.people or wanted.asked or wanted.wrong


def test_only_these_files_cannot_be_read_as_a_table() -> None:
    assert {name for name in FILES if content_of(name) is None} == UNREADABLE
