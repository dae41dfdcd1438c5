"""Tables that other systems export: their columns under any of several names, titles above and columns beside them.

What a column means is not known here; one whose name is not known is passed over, and nothing of it is kept.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kit.files import limits
from kit.files.errors import FileErrors, Place, quoted
from kit.files.limits import Limit
from kit.files.lines import RawLine
from kit.files.sheets import FIRST, read_sheet
from kit.files.tables import Line

_PLAIN = re.compile(r"[^a-z0-9]+")
_FORMULA = re.compile(r"'(?=\s*[=+\-@\uff1d\uff0b\uff0d\uff20])")
"""The apostrophe with which a text was written so that nothing computes it (kit.sheets.cells)."""


@dataclass(frozen=True, slots=True)
class Form:
    """The columns that such a table has; all of it is data, so that a process aside can be told of it."""

    names: Mapping[str, Sequence[str]]
    """By field: what its column may be called, in any case; the first is the one that is told."""
    required: Sequence[Sequence[str]]
    """One field of each of these must be there."""
    rows: int


def read_form(file: str, content: bytes, form: Form, errors: FileErrors) -> list[Line]:
    """Its lines; those in which none of the wanted cells is filled (a footer, a signature) are passed over."""
    most = replace(_ROWS, most=form.rows)
    means = _meanings(form)
    before = errors.total
    found = read_sheet(file, content, lambda lines: _best(lines, means)[0], most, errors, cell=_CELL)
    if found is None or errors.total > before:
        return []
    _, at = _best(found.lines[:FIRST], means)
    fields = _fields(found.lines[at][1], means)
    missing = [some for some in form.required if fields.keys().isdisjoint(some)]
    for some in missing:
        _note_missing(Place(file, found.lines[at][0], 1, found.name), form, some, errors)
    if missing:
        return []
    lines = [
        Line(file, number, _whole(cells, fields), fields, None, found.name) for number, cells in found.lines[at + 1 :]
    ]
    wanted = [field for some in form.required for field in some if field in fields]
    return [line for line in lines if any(line.get(field) for field in wanted) and not _numbers(line)]


_CELL = replace(limits.CELL, most=4_000)
"""What people write in plans and logs is longer than a name."""
_ROWS = Limit(0, ("rows in this table", "baris isi dalam tabel ini"), ("send it in parts", "kirim per bagian"))


def _key(text: str) -> str:
    return _PLAIN.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


def _meanings(form: Form) -> dict[str, str]:
    return {_key(name): field for field, names in form.names.items() for name in names}


def _fields(cells: Sequence[str], means: Mapping[str, str]) -> dict[str, int]:
    """The first column of each field."""
    found: dict[str, int] = {}
    for index, cell in enumerate(cells):
        if (field := means.get(_key(cell))) is not None:
            found.setdefault(field, index)
    return found


def _best(lines: Sequence[RawLine], means: Mapping[str, str]) -> tuple[int, int]:
    """How many columns the best of the first lines names, and which line that is."""
    counted = [(len(_fields(cells, means)), -at) for at, (_, cells) in enumerate(lines[:FIRST])]
    count, at = max(counted, default=(0, 0))
    return count, -at


def _whole(cells: Sequence[str], fields: Mapping[str, int]) -> Sequence[str]:
    """With every column of the header, and without the mark that kept a text from being computed."""
    width = max(fields.values()) + 1
    return [
        _FORMULA.sub("", cell, count=1) if cell.startswith("'") else cell for cell in [*cells, *[""] * width][:width]
    ]


def _numbers(line: Line) -> bool:
    """The line under a header in which official forms number their columns."""
    filled = [cell.strip("() ") for cell in line.cells if cell.strip()]
    return len(filled) > 1 and filled == [str(number) for number in range(1, len(filled) + 1)]


def _note_missing(place: Place, form: Form, some: Sequence[str], errors: FileErrors) -> None:
    named = " / ".join(quoted(form.names[field][0]) for field in some)
    wrong = (f"column '{named}' is missing", f"kolom '{named}' tidak ada")
    fix = ("name the column so; a download has all of them", "beri judul itu; berkas unduhan memuat semuanya")
    errors.add(place, wrong, fix)
