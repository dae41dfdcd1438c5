"""Judges the lines of a units file."""

from collections.abc import Sequence

from kit.files import limits
from kit.files.errors import FileErrors, quoted
from kit.files.tables import Columns, Line
from policy.inheritance import SCOPE
from services.registry.imports.rules.circles import circles, shown
from services.registry.imports.rules.known import Known
from services.registry.imports.rules.rows import UnitRow
from services.registry.units.rules.kinds import PERIODS, UnitKind

COLUMNS = Columns(
    required=("code", "name", "kind", "parent_code"),
    optional=("period_months", "work_week"),
    rows=limits.UNITS,
)
_PERIODS = frozenset(str(months) for months in PERIODS)
WEEKS = {"5": (0, 1, 2, 3, 4), "6": (0, 1, 2, 3, 4, 5)}
"""Working weeks by their number of days, Monday = 0 (five days: Perpres 21/2023; six in schools and hospitals)."""


def judge_units(lines: Sequence[Line], known: Known, errors: FileErrors) -> list[UnitRow]:
    """The units, or fewer with what is wrong noted."""
    first: dict[str, Line] = {}
    for line in lines:
        code = line.get("code")
        if code in first:
            wrong = (
                f"unit {code} is already on line {first[code].number}",
                f"unit {code} sudah ada di baris {first[code].number}",
            )
            errors.add(line.at("code"), wrong, ("keep one of the two lines", "pertahankan salah satu baris"))
        first.setdefault(code, line)
    codes = known.units.keys() | first.keys()
    rows = [row for line in first.values() if (row := _row(line, known.city, codes, errors)) is not None]
    _refuse_circles(rows, first, known, errors)
    return rows


def _row(line: Line, city: str, codes: set[str], errors: FileErrors) -> UnitRow | None:
    before = errors.total
    code, parent = line.get("code"), line.get("parent_code") or None
    _judge_code(line, code, city, errors)
    if not line.get("name"):
        errors.add(line.at("name"), ("the name is empty", "nama kosong"), ("name the unit", "isi nama unit"))
    if line.get("kind") not in list(UnitKind):
        wrong = (f"unknown kind '{line.get('kind')}'", f"jenis '{line.get('kind')}' tidak dikenal")
        choice = ", ".join(UnitKind)
        errors.add(line.at("kind"), wrong, (f"one of {choice}", f"salah satu dari {choice}"))
    if parent is not None and parent not in codes:
        wrong = (f"unknown parent unit '{parent}'", f"unit induk '{parent}' tidak dikenal")
        fix = ("add the parent to the file or fix its code", "tambahkan unit induk ke berkas atau perbaiki kodenya")
        errors.add(line.at("parent_code"), wrong, fix)
    period, week = _period(line, errors), _week(line, errors)
    if errors.total > before:
        return None
    return UnitRow(line.number, code, line.get("name"), line.get("kind"), parent, period, week)


def _judge_code(line: Line, code: str, city: str, errors: FileErrors) -> None:
    if code == city or code.startswith(f"{city}."):
        if not SCOPE.fullmatch(code):
            wrong = (f"'{quoted(code)}' is no code of a unit", f"'{quoted(code)}' bukan kode unit")
            fix = (
                "up to 60 letters, digits, dots and hyphens",
                "paling banyak 60 huruf, angka, titik, dan tanda hubung",
            )
            errors.add(line.at("code"), wrong, fix)
        return
    wrong = (f"unit '{code}' does not belong to city {city}", f"unit '{code}' bukan milik kota {city}")
    fix = (f"codes begin with {city}.", f"kode diawali {city}.")
    errors.add(line.at("code"), wrong, fix)


def _period(line: Line, errors: FileErrors) -> int | None:
    text = line.get("period_months")
    if not text:
        return None
    if text in _PERIODS:
        return int(text)
    wrong = (f"'{text}' is no period", f"'{text}' bukan periode")
    choice = ", ".join(str(months) for months in PERIODS)
    fix = (f"months: one of {choice}, or empty for the policy's", f"bulan: salah satu dari {choice}, atau kosong")
    errors.add(line.at("period_months"), wrong, fix)
    return None


def _week(line: Line, errors: FileErrors) -> tuple[int, ...] | None:
    text = line.get("work_week")
    if not text or text in WEEKS:
        return WEEKS.get(text)
    wrong = (f"'{text}' is no working week", f"'{text}' bukan jumlah hari kerja seminggu")
    fix = (
        "days a week: 5 or 6, or empty as the unit above",
        "hari seminggu: 5 atau 6, atau kosong seperti unit induk",
    )
    errors.add(line.at("work_week"), wrong, fix)
    return None


def _refuse_circles(rows: list[UnitRow], first: dict[str, Line], known: Known, errors: FileErrors) -> None:
    above = {**known.units, **{row.code: row.parent_code for row in rows}}
    for circle in circles(above, [row.code for row in rows]):
        way = shown(circle)
        wrong = (f"units are one another's parents: {way}", f"unit saling menjadi induk: {way}")
        fix = ("give one of them another parent", "beri salah satunya unit induk lain")
        errors.add(first[circle[0]].at("parent_code"), wrong, fix)
