"""What a file of community responses says: counts by what was asked and whom it concerns, and nobody who answered.

A line is one answer or, with a count, several. Lines that say the same about the same are added up. Columns that are not
named here (names, numbers and addresses of citizens, what they wrote) are passed over where the file is read.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from contracts.evidence import Evidence, EvidenceKind
from contracts.plans.community import CommunityTarget
from kit.files.answers import Wrong
from kit.files.days import day as day_of
from kit.files.errors import FileErrors, quoted
from kit.files.forms import Form
from kit.files.tables import Line

MOST_ROWS = 5_000
MOST_ANSWERS = 10_000_000
FORM = Form(
    {
        "kind": ("Jenis", "Jenis Respons", "Jenis Tanggapan", "Kind"),
        "title": ("Judul", "Nama Survei", "Layanan", "Program", "Nama Layanan", "Title"),
        "reference": ("Rujukan", "Nomor", "Nomor Surat", "Nomor Agenda", "Tautan", "Reference"),
        "count": ("Jumlah", "Jumlah Responden", "Responden", "Jumlah Tanggapan", "Count"),
        "on": ("Tanggal", "Tgl", "Date"),
        "unit": ("Kode Unit", "Kode Unor", "Kode OPD", "Unit Code"),
        "nip": ("NIP", "NIP Pegawai", "NI PPPK"),
        "indicator": ("Indikator", "IKI", "Indikator Kinerja", "Indikator Kinerja Individu", "Indicator"),
    },
    (("kind",), ("title",), ("reference",), ("unit", "nip")),
    MOST_ROWS,
)
_KINDS = {
    **dict.fromkeys(("survei", "survey", "skm", "survei kepuasan"), EvidenceKind.SURVEY),
    **dict.fromkeys(("pengaduan", "aduan", "keluhan", "laporan", "complaints"), EvidenceKind.COMPLAINTS),
    **dict.fromkeys(("surat", "surat warga", "surat masyarakat", "letters"), EvidenceKind.LETTERS),
}
_BETWEEN = re.compile(r"[\s.'`-]+")
_PERSONAL = re.compile(r"(?<!\d)(?:\d{16}|(?:\+?62|0)8\d{8,11})(?!\d)")
"""A NIK, or a number of a mobile phone."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who takes part in the cycle, with the indicators of the plan by what they say."""

    id: UUID
    indicators: Mapping[str, UUID] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Known:
    """Whom and what a file may name."""

    units: Mapping[str, UUID]
    people: Mapping[str, Person]


@dataclass(frozen=True, slots=True)
class Said:
    """What lines are added up by."""

    target: CommunityTarget
    subject_id: UUID
    servant_id: UUID | None
    kind: EvidenceKind
    title: str
    reference: str


@dataclass(slots=True)
class Counted:
    """So many answers, until when, and the lines that say so."""

    count: int = 0
    on: date | None = None
    lines: list[Line] = field(default_factory=list)


def said(statement: str) -> str:
    """The same for the same words, however they are spaced and capitalised."""
    return " ".join(statement.casefold().split())


def nip_of(line: Line) -> str:
    """As it is recorded."""
    return _BETWEEN.sub("", line.get("nip"))


def counted(lines: Iterable[Line], known: Known, errors: FileErrors) -> dict[Said, Counted]:
    """What the lines say together; what is wrong with one is noted."""
    found: dict[Said, Counted] = {}
    for line in lines:
        before = errors.total
        kind, title, reference = (
            _kind(line, errors),
            _text(line, "title", 200, errors),
            _text(line, "reference", 500, errors),
        )
        about, many, on = _about(line, known, errors), _count(line, errors), _day(line, errors)
        if errors.total > before or kind is None or about is None:
            continue
        one = found.setdefault(Said(*about, kind, title, reference), Counted())
        one.count += many
        one.on = max((day for day in (one.on, on) if day is not None), default=None)
        one.lines.append(line)
    for one in found.values():
        if one.count > MOST_ANSWERS:
            wrong = (f"more than {MOST_ANSWERS} answers together", f"jumlahnya lebih dari {MOST_ANSWERS}")
            _note(one.lines[-1], "count" if "count" in one.lines[-1].fields else "kind", wrong, _DIGITS, errors)
    return found


def evidence(what: Said, how_many: Counted) -> Evidence:
    """As reports and initiatives point to it."""
    return Evidence(kind=what.kind, title=what.title, reference=what.reference, count=how_many.count, on=how_many.on)


_DIGITS = ("digits alone, e.g. 120", "angka saja, contoh: 120")


def _note(line: Line, column: str, wrong: tuple[str, str], fix: tuple[str, str], errors: FileErrors) -> None:
    errors.add(line.at(column), wrong, fix)


def _kind(line: Line, errors: FileErrors) -> EvidenceKind | None:
    written = line.get("kind")
    if (found := _KINDS.get(said(written))) is None:
        shown = quoted(written)
        wrong = (f"'{shown}' is no kind of response", f"'{shown}' bukan jenis tanggapan")
        fix = ("survei, pengaduan or surat", "survei, pengaduan, atau surat")
        _note(line, "kind", wrong, fix, errors)
    return found


def _text(line: Line, column: str, longest: int, errors: FileErrors) -> str:
    written = line.get(column)
    if not 1 <= len(written) <= longest:
        wrong = (f"{len(written)} characters stand here", f"isinya {len(written)} huruf")
        if not written:
            wrong = ("nothing stands here", "sel ini kosong")
        fix = (f"write 1 to {longest} characters", f"tulis 1 sampai {longest} huruf")
        _note(line, column, wrong, fix, errors)
    elif _PERSONAL.search(written):
        wrong = ("a number of a citizen stands here (NIK or telephone)", "ada nomor warga di sini (NIK atau telepon)")
        fix = ("remove it: citizens are counted and not named", "hapus: warga dihitung, tidak disebut")
        _note(line, column, wrong, fix, errors)
    return written


def _count(line: Line, errors: FileErrors) -> int:
    written = line.get("count")
    if not written:
        return 1
    if written.isascii() and written.isdigit() and int(written[:9]) <= MOST_ANSWERS and len(written) < 9:
        return int(written)
    shown = quoted(written)
    _note(line, "count", (f"'{shown}' is no count", f"'{shown}' bukan jumlah"), _DIGITS, errors)
    return 0


def _day(line: Line, errors: FileErrors) -> date | None:
    if not line.get("on"):
        return None
    found = day_of(line.get("on"))
    if isinstance(found, Wrong):
        fix = ("day, month, year, e.g. 5/1/2026", "tanggal, bulan, tahun, contoh: 5/1/2026")
        _note(line, "on", found.wrong, fix, errors)
    return date.fromisoformat(found) if isinstance(found, str) else None


def _about(line: Line, known: Known, errors: FileErrors) -> tuple[CommunityTarget, UUID, UUID | None] | None:
    code, nip, indicator = line.get("unit"), nip_of(line), line.get("indicator")
    if bool(code) == bool(nip):
        wrong = ("a line is about a unit or about a person", "baris menyangkut unit atau pegawai")
        fix = ("give the code of the unit or the NIP, not both", "isi kode unit atau NIP, salah satu")
        _note(line, "nip" if "nip" in line.fields else "unit", wrong, fix, errors)
        return None
    if nip:
        return _about_person(line, known.people.get(nip), indicator, errors)
    if (unit := known.units.get(code)) is None:
        wrong = (f"unit '{quoted(code)}' is not known", f"unit '{quoted(code)}' tidak dikenal")
        _note(line, "unit", wrong, ("the code as in the table of units", "kode seperti pada tabel unit"), errors)
        return None
    if indicator:
        wrong = ("an indicator belongs to a person", "indikator adalah milik pegawai")
        _note(line, "indicator", wrong, ("give the NIP instead of the unit", "isi NIP, bukan kode unit"), errors)
        return None
    return CommunityTarget.UNIT, unit, None


def _about_person(
    line: Line, person: Person | None, indicator: str, errors: FileErrors
) -> tuple[CommunityTarget, UUID, UUID | None] | None:
    if person is None:
        wrong = ("nobody with this NIP takes part in the cycle", "tidak ada pegawai dengan NIP ini dalam siklus")
        fix = ("eighteen digits in a text cell", "delapan belas digit dalam sel teks")
        _note(line, "nip", wrong, fix, errors)
        return None
    if not indicator:
        return CommunityTarget.PERSON, person.id, person.id
    if (found := person.indicators.get(said(indicator))) is None:
        shown = quoted(indicator)
        wrong = (f"'{shown}' is no indicator of this person's plan", f"'{shown}' bukan indikator dalam rencananya")
        fix = ("copy it from the plan, or leave it empty", "salin dari rencananya, atau kosongkan")
        _note(line, "indicator", wrong, fix, errors)
        return None
    return CommunityTarget.INDICATOR, found, person.id
