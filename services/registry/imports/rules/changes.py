"""Judges the lines of a changes file: what becomes of a person from a day on, in the past or in the future."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from contracts.registry.personnel import ActingKind, ChangeKind, Status
from kit.files import cells, limits
from kit.files.errors import FileErrors
from kit.files.tables import Columns, Line
from services.registry.servants.rules import nip as nips
from services.registry.servants.rules.positions import PositionKind

COLUMNS = Columns(
    required=("nip", "effective_from", "what", "reason"),
    optional=(
        "status",
        "unit_code",
        "position",
        "position_kind",
        "grade",
        "head",
        "rater_nip",
        "successor_nip",
        "acting_nip",
        "acting_kind",
        "until",
    ),
    rows=limits.CHANGES,
)
_KINDS = frozenset(kind.value for kind in ChangeKind if kind is not ChangeKind.ACTING_ENDED)
_NEEDS = {
    ChangeKind.STATUS: "status",
    ChangeKind.TRANSFER: "unit_code",
    ChangeKind.RATER: "rater_nip",
    ChangeKind.CORRECTION: "rater_nip",
    ChangeKind.ACTING: "acting_nip",
}
PEOPLE = ("nip", "rater_nip", "successor_nip", "acting_nip")
_YES, _NO = frozenset({"yes", "ya", "true", "1"}), frozenset({"no", "tidak", "false", "0"})
SHORTEST_REASON = 5
_EXAMPLE = "2026-05-04"


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change as the file gives it; people by NIP, units by code."""

    line: int
    nip: str
    kind: ChangeKind
    effective_on: date
    reason: str
    until: date | None = None
    status: Status | None = None
    unit_code: str | None = None
    position: str | None = None
    position_kind: str | None = None
    grade: str | None = None
    is_head: bool | None = None
    rater_nip: str | None = None
    successor_nip: str | None = None
    acting_nip: str | None = None
    acting: ActingKind | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """Whom and what changes may refer to."""

    people: frozenset[str]
    units: frozenset[str]
    former: Mapping[str, str]
    """By a number that somebody had: the one to be named instead."""


def judge_changes(lines: Sequence[Line], named: Named, errors: FileErrors) -> list[ChangeRow]:
    """The changes, or fewer with what is wrong noted."""
    return [row for line in lines if (row := _row(line, named, errors)) is not None]


def _row(line: Line, named: Named, errors: FileErrors) -> ChangeRow | None:
    before = errors.total
    kind = _one_of(line, "what", _KINDS, errors)
    status = _one_of(line, "status", frozenset(Status), errors, needed=False)
    acting = _one_of(line, "acting_kind", frozenset(ActingKind), errors, needed=False)
    position_kind = _one_of(line, "position_kind", frozenset(PositionKind), errors, needed=False)
    effective = cells.day(line, "effective_from", errors, example=_EXAMPLE)
    until = cells.day(line, "until", errors, example=_EXAMPLE) if line.get("until") else None
    _judge_references(line, named, errors)
    _judge_rest(line, kind, effective, until, errors)
    if errors.total > before or kind is None or effective is None:
        return None
    head = line.get("head").lower()
    return ChangeRow(
        line=line.number,
        nip=nips.tidy(line.get("nip")),
        kind=ChangeKind(kind),
        effective_on=effective,
        reason=line.get("reason"),
        until=until,
        status=None if status is None else Status(status),
        unit_code=line.get("unit_code") or None,
        position=line.get("position") or None,
        position_kind=position_kind,
        grade=line.get("grade") or None,
        is_head=None if not head else head in _YES,
        rater_nip=nips.tidy(line.get("rater_nip")) or None,
        successor_nip=nips.tidy(line.get("successor_nip")) or None,
        acting_nip=nips.tidy(line.get("acting_nip")) or None,
        acting=None if acting is None else ActingKind(acting),
    )


def _one_of(line: Line, column: str, known: frozenset[str], errors: FileErrors, *, needed: bool = True) -> str | None:
    text = line.get(column).upper()
    if text in known:
        return text
    if text or needed:
        wrong = (f"unknown {column} '{line.get(column)}'", f"{column} '{line.get(column)}' tidak dikenal")
        choice = ", ".join(sorted(known))
        errors.add(line.at(column), wrong, (f"one of {choice}", f"salah satu dari {choice}"))
    return None


def _judge_references(line: Line, named: Named, errors: FileErrors) -> None:
    for column in PEOPLE:
        nip = nips.tidy(line.get(column))
        if nip in named.people or not (nip or column == "nip"):
            continue
        if (now := named.former.get(nip)) is not None:
            wrong = (f"NIP {nip} gave way to {now}", f"NIP {nip} telah berganti menjadi {now}")
            errors.add(line.at(column), wrong, (f"write {now}", f"tulis {now}"))
        else:
            wrong = (f"unknown NIP '{nip}'", f"NIP '{nip}' tidak dikenal")
            fix = ("add the person to servants.csv or fix the NIP", "tambahkan ke servants.csv atau perbaiki NIP")
            errors.add(line.at(column), wrong, fix)
    unit = line.get("unit_code")
    if unit and unit not in named.units:
        wrong = (f"unknown unit '{unit}'", f"unit '{unit}' tidak dikenal")
        errors.add(line.at("unit_code"), wrong, ("fix the code", "perbaiki kodenya"))


def _judge_rest(line: Line, kind: str | None, effective: date | None, until: date | None, errors: FileErrors) -> None:
    needed = None if kind is None else _NEEDS.get(ChangeKind(kind))
    if needed is not None and not line.get(needed):
        wrong = (f"{kind} needs {needed}", f"{kind} memerlukan {needed}")
        errors.add(line.at(needed), wrong, (f"fill in {needed}", f"isi {needed}"))
    if effective is not None and until is not None and until < effective:
        wrong = (f"{until} lies before {effective}", f"{until} sebelum {effective}")
        errors.add(line.at("until"), wrong, ("the last day, or empty", "hari terakhir, atau kosong"))
    if len(line.get("reason")) < SHORTEST_REASON:
        wrong = ("the reason is missing", "alasan belum diisi")
        errors.add(line.at("reason"), wrong, ("e.g. the number of the decree", "contoh: nomor surat keputusan"))
    head = line.get("head").lower()
    if head and head not in _YES | _NO:
        wrong = (f"'{head}' is neither yes nor no", f"'{head}' bukan ya atau tidak")
        errors.add(line.at("head"), wrong, ("yes, no, or empty", "ya, tidak, atau kosong"))
