"""Judges the lines of a competences file: which level of a technical competence a position asks for, from a day on."""

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from contracts.competences import HIGHEST, LOWEST, position_key
from kit.files import cells, limits
from kit.files.errors import FileErrors, quoted
from kit.files.tables import Columns, Line
from services.registry.imports.rules.rows import CompetenceRow

COLUMNS = Columns(
    required=("position", "code", "name", "required", "valid_from"), optional=("valid_to",), rows=limits.COMPETENCES
)
MOST = 50
"""Competences of one position."""
LONGEST = 200
"""Characters of a position or a name."""
_CODE = re.compile(r"[a-z][a-z0-9_]{0,59}")
_LEVELS = {str(level): level for level in range(LOWEST, HIGHEST + 1)}
_EXAMPLE = "2026-01-01"


def judge_competences(lines: Sequence[Line], errors: FileErrors) -> list[CompetenceRow]:
    """The competences, or fewer with what is wrong noted."""
    first: dict[tuple[str, str, date], int] = {}
    of_position: dict[str, set[str]] = defaultdict(set)
    rows: list[CompetenceRow] = []
    for line in lines:
        if (row := _row(line, errors)) is None:
            continue
        key = position_key(row.position), row.code, row.valid_from
        if key in first:
            wrong = (
                f"{row.code} of this position from {row.valid_from} is already on line {first[key]}",
                f"{row.code} untuk jabatan ini sejak {row.valid_from} sudah ada di baris {first[key]}",
            )
            errors.add(line.at("code"), wrong, ("keep one of the two lines", "pertahankan salah satu baris"))
        first.setdefault(key, line.number)
        of_position[key[0]].add(row.code)
        if len(of_position[key[0]]) > MOST:
            wrong = (f"more than {MOST} competences of one position", f"lebih dari {MOST} kompetensi satu jabatan")
            errors.add(line.at("position"), wrong, ("keep those that the work needs", "pertahankan yang diperlukan"))
        rows.append(row)
    return rows


def _row(line: Line, errors: FileErrors) -> CompetenceRow | None:
    before = errors.total
    _judge_text(line, "position", errors)
    _judge_text(line, "name", errors)
    code, level = line.get("code").lower(), _LEVELS.get(line.get("required"))
    if not _CODE.fullmatch(code):
        wrong = (f"'{quoted(code)}' is no code", f"'{quoted(code)}' bukan kode")
        fix = ("small letters, digits and _, e.g. it_network", "huruf kecil, angka, dan _, contoh: it_network")
        errors.add(line.at("code"), wrong, fix)
    if level is None:
        shown = quoted(line.get("required"))
        wrong = (f"'{shown}' is no level", f"'{shown}' bukan tingkat")
        fix = (f"a whole number from {LOWEST} to {HIGHEST}", f"bilangan bulat {LOWEST} sampai {HIGHEST}")
        errors.add(line.at("required"), wrong, fix)
    starts = cells.day(line, "valid_from", errors, example=_EXAMPLE)
    ends = cells.day(line, "valid_to", errors, example=_EXAMPLE) if line.get("valid_to") else None
    if starts is not None and ends is not None and ends < starts:
        wrong = (f"{ends} lies before {starts}", f"{ends} sebelum {starts}")
        errors.add(line.at("valid_to"), wrong, ("the last day, or empty", "hari terakhir, atau kosong"))
    if errors.total > before or level is None or starts is None:
        return None
    position = " ".join(line.get("position").split())
    return CompetenceRow(line.number, position, code, line.get("name"), level, starts, ends)


def _judge_text(line: Line, column: str, errors: FileErrors) -> None:
    text = line.get(column)
    if not text:
        errors.add(line.at(column), (f"{column} is empty", f"{column} kosong"), (f"fill in {column}", f"isi {column}"))
    elif len(text) > LONGEST:
        wrong = (f"{column} has more than {LONGEST} characters", f"{column} lebih dari {LONGEST} karakter")
        errors.add(line.at(column), wrong, ("shorten it", "persingkat"))
