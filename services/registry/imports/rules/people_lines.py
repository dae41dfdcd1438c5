"""Which lines of an office's table are people: not its footers, nor the numbers of its columns, nor the example."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kit.files.answers import Found
from kit.files.errors import FileErrors, Place, quoted
from kit.files.sheets import Sheet
from services.registry.imports.rules import example
from services.registry.imports.rules.notes import Notes
from services.registry.imports.rules.values import numbers

_FOOTER = re.compile(
    r"^(?:jumlah|total|grand total|sub ?total|keterangan|ket\b|catatan|mengetahui|dibuat|disusun|sumber|note|nb\b|"
    r"mengesahkan|menyetujui|an\.|a\.n\.|plt\.? kepala|halaman|dicetak)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\(?\d{1,2}\)?")
_DIGITS = re.compile(r"\d{8,}")
_FEW = 3
Person = tuple[int, Sequence[str], Found]
"""Number of the line, its cells, and what its NIP is read as."""


@dataclass(slots=True)
class Source:
    """The table as it came, with what its columns are."""

    file: str
    sheet: Sheet
    after: int
    """Lines of the sheet that belong to its header."""
    width: int
    columns: Mapping[str, int]
    """Place of each field."""
    written: int
    """Cells of the header as it is written, blank ones at its end included: a line of text has as many."""
    plain: bool
    """Our own layout: what it does not have is empty, not as it is recorded."""

    def cell(self, cells: Sequence[str], name: str) -> str:
        """What a line says of a field; empty where the table does not have it."""
        at = self.columns.get(name)
        return cells[at] if at is not None and at < len(cells) else ""


def people_of(source: Source, notes: Notes, errors: FileErrors) -> Iterator[Person]:
    """Each person's line; what is no person is passed over and told, and a line that was cut is an error."""
    body = source.sheet.lines[source.after :]
    numbered = [numbers.nip(source.cell(cells, "nip")) for _, cells in body]
    last = max((at for at, nip in enumerate(numbered) if _has_digits(nip)), default=-1)
    for at, ((number, cells), nip) in enumerate(zip(body, numbered, strict=True)):
        if why := _no_person(source, at, cells, nip, last):
            text = quoted(" ".join(cell for cell in cells if cell))
            where = {"file": source.file, "sheet": source.sheet.name, "row": number}
            notes.passed.append({**where, "text": text, "why": why})
        elif _is_whole(source, number, cells, errors):
            yield number, cells, nip


def _no_person(source: Source, at: int, cells: Sequence[str], nip: Found, last: int) -> str | None:
    if _has_digits(nip):
        return "example" if nip == example.NIP else None
    filled = [cell.strip() for cell in cells if cell.strip()]
    if _FOOTER.match(filled[0]):
        return "footer"
    if at == 0 and len(filled) > _FEW and all(_NUMBERED.fullmatch(one) for one in filled):
        return "numbers of columns"
    if at > last and last >= 0 and len(filled) < _FEW and not source.cell(cells, "nip").strip():
        return "below the table"
    return None


def _has_digits(nip: Found) -> bool:
    """Whether a cell begins like a number, a lost one included."""
    return not isinstance(nip, str) or _DIGITS.search(nip) is not None


def _is_whole(source: Source, number: int, cells: Sequence[str], errors: FileErrors) -> bool:
    width = source.width
    extra = [at for at in range(width, len(cells)) if cells[at].strip()]
    if not extra and (source.sheet.name or width <= len(cells) <= source.written):
        return True
    wrong = (
        f"the line has {len(cells)} fields, the header {width}",
        f"baris ini berisi {len(cells)} kolom, judul tabel {width}",
    )
    fix = (
        "add or remove separators; put text that contains one between quotation marks",
        "tambah atau hapus pemisah; beri tanda kutip pada teks yang memuat pemisah",
    )
    # A separator inside of a text is mostly followed by a blank: that cell is the one that was cut off.
    blank = (at for at, cell in enumerate(cells) if at and cell[:1] == " " and cell.strip())
    cut = next(blank, None) if extra else None
    if cut is not None:
        wrong = (
            f"{wrong[0]}: '{quoted(cells[cut].strip())}' seems cut off from the cell before",
            f"{wrong[1]}: '{quoted(cells[cut].strip())}' tampaknya terpotong dari sel sebelumnya",
        )
    at = min(len(cells), width) if cut is None else cut + 1
    errors.add(Place(source.file, number, at, source.sheet.name), wrong, fix)
    return False
