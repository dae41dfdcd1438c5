"""Reads a file of answers that an office brought by hand: the batch's own table with a status, and a reason, on each line.

``Reader`` runs in a process aside (``kit.aside``): a workbook may be made to take any memory.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from contracts.evaluation.exports import ExportState
from kit.files.errors import FileError, FileErrors, quoted
from kit.files.tables import Columns, Line, read_table
from services.evaluation.national.rules.manifest import COLUMNS

NAME = f"{__name__}:Reader"
STATUS, REASON, NUMBER = "status", "alasan", "nomor"
"""The columns of the answer, beside those of the national form."""
_KEY = ("nip", "tahun", "bulanmulaipenilaian", "bulanselesaipenilaian")
TABLE = Columns(
    required=(*_KEY, STATUS),
    optional=(*(one.lower() for one in COLUMNS if one.lower() not in _KEY), REASON, NUMBER),
)
_WORDS = {
    **dict.fromkeys(("confirmed", "diterima", "berhasil", "sukses", "terkonfirmasi"), ExportState.CONFIRMED),
    **dict.fromkeys(("rejected", "ditolak", "gagal"), ExportState.REJECTED),
}

Key = tuple[str, int, int, int]
"""A row as a file names it: NIP, year, first and last month."""


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """What one line says of one row."""

    line: int
    column: int
    """Of the NIP, where what is wrong with the line is shown."""
    key: Key
    state: ExportState
    reason: str = ""
    number: str = ""


ANSWERS = TypeAdapter(list[AnswerLine])
ERRORS = TypeAdapter(list[FileError])


class Reader:
    """One file."""

    def read(self, name: str, parts: Iterator[bytes]) -> Iterator[Sequence[Any]]:
        """What the file says; lines without a status say nothing."""
        errors = FileErrors()
        found = judged(read_table(name, next(parts), TABLE, errors), errors)
        yield "errors", errors.total
        yield "found", ERRORS.dump_python(errors.in_order(), mode="json")
        yield "answers", [] if errors else ANSWERS.dump_python(found, mode="json")


def judged(lines: Sequence[Line], errors: FileErrors) -> list[AnswerLine]:
    """The answers, with what is wrong noted."""
    found: dict[Key, AnswerLine] = {}
    for line in lines:
        if not line.get(STATUS) or (one := _answer(line, errors)) is None:
            continue
        before = found.setdefault(one.key, one)
        if before is not one:
            wrong = (f"line {before.line} is about the same row", f"baris {before.line} tentang hal yang sama")
            errors.add(line.at("nip"), wrong, ("remove one of the two", "hapus salah satunya"))
    return list(found.values())


def _answer(line: Line, errors: FileErrors) -> AnswerLine | None:
    before = errors.total
    state = _WORDS.get(line.get(STATUS).lower())
    if state is None:
        shown = quoted(line.get(STATUS))
        wrong = (f"unknown status '{shown}'", f"status '{shown}' tidak dikenal")
        fix = ("DITERIMA, DITOLAK, or empty", "DITERIMA, DITOLAK, atau kosong")
        errors.add(line.at(STATUS), wrong, fix)
    if state is ExportState.REJECTED and not line.get(REASON):
        wrong = ("the reason is missing", "alasan belum diisi")
        errors.add(line.at(REASON), wrong, ("what the application said", "isi pesan dari aplikasi nasional"))
    numbers = [_number(line, column, errors) for column in _KEY[1:]]
    if errors.total > before or state is None:
        return None
    key = ("".join(line.get("nip").split()), *numbers)
    return AnswerLine(line.number, line.at("nip").column, key, state, line.get(REASON), line.get(NUMBER))  # type: ignore[arg-type]


def _number(line: Line, column: str, errors: FileErrors) -> int:
    text = line.get(column)
    if text.isascii() and text.isdigit() and len(text) <= 4:  # a year has four digits
        return int(text)
    wrong = (f"'{quoted(text)}' is no number", f"'{quoted(text)}' bukan angka")
    errors.add(line.at(column), wrong, ("as in the batch's own table", "seperti pada tabel paket"))
    return 0


def key_of(record: Mapping[str, Any]) -> Key:
    """How a file names a row."""
    return record["nip"], record["tahun"], record["bulanMulaiPenilaian"], record["bulanSelesaiPenilaian"]
