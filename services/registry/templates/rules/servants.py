"""The file of people to fill in: its columns, what each may say and an example."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from contracts.registry.personnel import Status
from services.registry.imports.rules import example
from services.registry.imports.rules.servants import COLUMNS
from services.registry.imports.rules.values.words import ROMAN
from services.registry.servants.rules.positions import PNS_GRADES, PPPK_GRADES, EmploymentType, PositionKind

_YES_NO = ("ya", "tidak")
_GRADES = tuple(f"{rank}/{room}" for rank in ROMAN[:4] for room in "abcde" if f"{rank}/{room}" in PNS_GRADES)
_CONTRACTS = tuple(one for one in ROMAN if one in PPPK_GRADES)
_LISTS: Mapping[str, tuple[str, ...]] = {
    "employment_type": tuple(EmploymentType),
    "grade": _GRADES + _CONTRACTS,
    "position_kind": tuple(PositionKind),
    "head": _YES_NO,
    "language": ("id", "en"),
    "active": _YES_NO,
    "status": tuple(Status),
}
_SAID: Mapping[str, tuple[str, str]] = {
    "nip": ("18 digit, sebagai teks", "18 digits, as text"),
    "name": ("nama dengan gelar", "name with titles"),
    "employment_type": ("PNS (juga CPNS) atau PPPK", "PNS (CPNS as well) or PPPK"),
    "grade": ("golongan, contoh III/d; PPPK: IX", "grade, e.g. III/d; of a PPPK: IX"),
    "position": ("nama jabatan", "name of the position"),
    "position_kind": ("jenis dan jenjang jabatan", "kind and level of the position"),
    "unit_code": ("kode unit dari lembar Pilihan", "code of the unit, from the sheet Pilihan"),
    "rater_nip": ("NIP atasan langsung; kosong bagi pejabat tertinggi", "NIP of the superior; empty at the top"),
    "email": ("surel; kosong: hanya kotak masuk", "e-mail; empty: the inbox alone"),
    "head": ("ya bagi kepala unit", "ya (yes) for the head of the unit"),
    "roles": ("peran, boleh kosong; contoh PERFORMANCE_OFFICE", "roles, may be empty; e.g. PERFORMANCE_OFFICE"),
    "language": ("bahasa surat, kosong: id", "language of letters, empty: id"),
    "since": ("dinilai atasan itu sejak, contoh 2026-01-31", "rated by that superior since, e.g. 2026-01-31"),
    "active": ("tidak: sudah pindah; boleh kosong", "tidak (no): moved away; may be empty"),
    "status": ("status bila tidak bertugas biasa; boleh kosong", "status if not at work as usual; may be empty"),
}
_EXAMPLE: Mapping[str, str] = {
    "nip": example.NIP, "name": example.NAME, "employment_type": "PNS", "grade": "III/d", "position": "Analis Kebijakan",
    "position_kind": "AHLI_MUDA", "rater_nip": example.RATER, "email": "contoh@kota.example", "head": "tidak",
    "language": "id", "active": "ya",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the file."""

    name: str
    needed: bool
    words: tuple[str, str]
    """Indonesian and English."""
    example: str
    choices: tuple[str, ...] = ()
    """What it may say, where that is a list."""


def columns(units: Sequence[str]) -> tuple[Column, ...]:
    """Every column that an import of people takes, with the city's own units."""
    lists = {**_LISTS, "unit_code": tuple(units)}
    shown = {**_EXAMPLE, "unit_code": units[0] if units else ""}
    return tuple(
        Column(name, name in COLUMNS.required, _SAID[name], shown.get(name, ""), lists.get(name, ()))
        for name in COLUMNS.all
    )
