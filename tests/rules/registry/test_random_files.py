"""For random files of an office, people out are people in, or a refusal names the row."""

import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import accumulate
from typing import Literal

from hypothesis import given, settings
from hypothesis import strategies as some
from openpyxl import Workbook

from kit.files.answers import is_nothing
from kit.files.errors import FileErrors
from services.registry.imports.rules import headers
from services.registry.imports.rules.judgement import Judged, KnownPolicy, judge
from services.registry.imports.rules.known import Known, KnownPerson
from services.registry.imports.rules.mapping import Confirmed
from services.registry.imports.rules.rows import ServantRow
from services.registry.imports.rules.submission import Upload, read_all

BOSS = "196502021990021001"
UNITS = {"16.71": "Kota Contoh", "16.71.DINKES": "Dinas Kesehatan", "16.71.BKPSDM": "Badan Kepegawaian"}
GRADES = {"III/a": ("III/a", "III/A", "III a", "Penata Muda (III/a)"), "III/d": ("Gol. III/D", "Penata Tk. I (III/d)")}
KINDS = {
    "PELAKSANA": ("PELAKSANA", "Jabatan Pelaksana", "Pelaksana"),
    "AHLI_MUDA": ("Ahli Muda", "AHLI_MUDA", "JF Ahli Muda"),
    "PENGAWAS": ("Pengawas", "Eselon IV.a", "PENGAWAS"),
}
FIELDS = ("nip", "name", "employment_type", "grade", "position", "position_kind", "unit_code", "rater_nip", "email")
OTHERS = ("No", "No. HP", "Alamat", "Tempat Lahir", "Agama", "Pendidikan Terakhir", "TMT Golongan")
TITLES = ("DAFTAR NOMINATIF PEGAWAI NEGERI SIPIL", "KEADAAN BULAN JANUARI 2026", "")
FOOTERS = ("JUMLAH", "Mengetahui, Kepala Dinas", "Keterangan: data SIASN")
WRITTEN = (
    lambda nip: nip,
    lambda nip: f"'{nip}",
    lambda nip: f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}",
    lambda nip: f"{nip[:8]}.{nip[8:14]}.{nip[14]}.{nip[15:]}",
    lambda nip: f"{nip[:8]}\u00a0{nip[8:]}",
    lambda nip: f"NIP. {nip}",
)
_UNTAKEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ENDS: tuple[tuple[str, Literal[0, 1]], ...] = (("\r\n", csv.QUOTE_MINIMAL), ("\n", csv.QUOTE_ALL))
_BREAK = re.compile("\r\n|\r|\n")
NAMES = some.text(some.sampled_from("abdeghiklmnoprstuwyABDEGS' .éü"), min_size=3, max_size=30).filter(
    lambda name: sum(one.isalpha() for one in name) > 2 and not is_nothing(name)
)


@dataclass(frozen=True)
class Written:
    """A person, and the cells by field in which an office wrote him or her."""

    row: ServantRow
    cells: dict[str, str]


@dataclass(frozen=True)
class File:
    """A table with what is around it; ``at`` is the number of each person's line."""

    name: str
    content: bytes = field(repr=False)
    at: list[int]


@some.composite
def people(draw: some.DrawFn) -> list[Written]:
    """As many as fit on a page, each with a number and an address of his or her own."""
    serials = draw(some.lists(some.integers(1, 999), min_size=1, max_size=12, unique=True))
    return [draw(person(serial)) for serial in serials]


@some.composite
def person(draw: some.DrawFn, serial: int) -> Written:
    born = draw(some.dates(date(1965, 1, 1), date(1995, 12, 31)))
    nip = f"{born:%Y%m%d}{draw(some.integers(1990, 2020))}{draw(some.integers(1, 12)):02d}{draw(some.sampled_from('12'))}{serial:03d}"
    grade, kind, unit = (draw(some.sampled_from(sorted(one))) for one in (GRADES, KINDS, UNITS))
    name, email = " ".join(draw(NAMES).split()), f"p{serial}@kota.example"
    row = ServantRow(
        1,
        nip,
        name,
        "PNS",
        grade,
        "Analis",
        kind,
        unit,
        False,
        BOSS,
        email,
        (),
        "id",
        None,
    )
    cells = {
        "nip": draw(some.sampled_from(WRITTEN))(nip),
        "name": name,
        "employment_type": draw(some.sampled_from(("PNS", "Pegawai Negeri Sipil", "CPNS"))),
        "grade": draw(some.sampled_from(GRADES[grade])),
        "position": "Analis",
        "position_kind": draw(some.sampled_from(KINDS[kind])),
        "unit_code": draw(some.sampled_from((unit, unit.lower(), UNITS[unit], UNITS[unit].upper()))),
        "rater_nip": draw(
            some.sampled_from((BOSS, f"{BOSS} (Kepala Dinas)", "dr. Budi Santoso, M.Kes.", "BUDI SANTOSO"))
        ),
        "email": draw(some.sampled_from((email, f" {email} "))),
    }
    return Written(row, cells)


@some.composite
def layouts(draw: some.DrawFn, lines: Sequence[dict[str, str]]) -> File:
    """Columns in any order under any known names, titles above, blank lines between, a footer below, in any encoding."""
    said = headers._SAID
    columns = draw(some.permutations([*FIELDS, *draw(some.lists(some.sampled_from(OTHERS), max_size=3, unique=True))]))
    cases: tuple[Callable[[str], str], ...] = (str.upper, str.title, str)
    label = draw(some.sampled_from(cases))
    names = [label(draw(some.sampled_from(said[one]))) if one in said else one for one in columns]
    table: list[list[str]] = [[one] for one in draw(some.lists(some.sampled_from(TITLES), max_size=3))]
    table += [names, *([[str(at) for at in range(1, len(names) + 1)]] if draw(some.booleans()) else [])]
    at: list[int] = []
    for line in lines:
        table += [[]] * draw(some.integers(0, 1))
        table.append([line.get(one, "x" if one != "No" else str(len(at) + 1)) for one in columns])
        at.append(len(table))
    table += [[]] * draw(some.integers(0, 2)) + [
        [one] for one in draw(some.lists(some.sampled_from(FOOTERS), max_size=1))
    ]
    width = len(names)
    write = draw(some.sampled_from((_xlsx, _csv)))
    name, content, numbers = write(draw, [one + [""] * (width - len(one)) for one in table])
    return File(name, content, [numbers[one - 1] for one in at])


def _xlsx(draw: some.DrawFn, table: list[list[str]]) -> tuple[str, bytes, Sequence[int]]:
    """Name, content and the number of each line."""
    book, out = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    if draw(some.booleans()):
        book.create_sheet("Petunjuk", 0).append(["Isi lembar kedua", "jangan ubah judul"])
    for line in table:
        sheet.append([_in_xml(one) or None for one in line])
    book.save(out)
    return "Data Pegawai.xlsx", out.getvalue(), range(1, len(table) + 1)


def _in_xml(text: str) -> str:
    """As Excel itself writes what XML does not take."""
    return _UNTAKEN.sub(lambda one: f"_x{ord(one[0]):04X}_", text)


def _csv(draw: some.DrawFn, table: list[list[str]]) -> tuple[str, bytes, Sequence[int]]:
    """Likewise; a line begins below every break that cells above it hold."""
    encoding = draw(some.sampled_from(("utf-8", "utf-8-sig", "utf-16", "cp1252")))
    separator, out = draw(some.sampled_from(";,\t")), io.StringIO()
    # Python's writer puts between quotation marks what its own end of a line is of, and no other break.
    end, quoting = draw(some.sampled_from(_ENDS))
    csv.writer(out, delimiter=separator, lineterminator=end, quoting=quoting).writerows(table)
    breaks = [1 + sum(len(_BREAK.findall(cell)) for cell in line) for line in table]
    return "pegawai.csv", out.getvalue().encode(encoding, "replace"), list(accumulate(breaks, initial=1))


def judged(file: File) -> tuple[Judged, FileErrors]:
    """What the import makes of it once whatever it proposes is confirmed."""
    known = Known(
        city="16.71",
        today=date(2026, 1, 5),
        units={code: None if code == "16.71" else "16.71" for code in UNITS},
        raters={BOSS: None},
        unit_names=UNITS,
        people={BOSS: KnownPerson("Budi Santoso", "budi@kota.example", "", "id", "PNS")},
    )
    found, errors = _judged(file, known)
    if not found.notes["mappings"]:
        return found, errors
    [proposal] = found.notes["mappings"]
    assert proposal["missing"] == (), proposal
    return _judged(file, replace(known, mappings={proposal["key"]: Confirmed(proposal["columns"])}))


def _judged(file: File, known: Known) -> tuple[Judged, FileErrors]:
    errors = FileErrors()
    submission = read_all([Upload(file.name, file.content)], errors)
    return judge(submission, known, {"16.71": KnownPolicy(None, {}, {})}, errors), errors


@settings(max_examples=150)
@given(some.data())
def test_everybody_who_goes_in_comes_out_as_he_or_she_is(data: some.DataObject) -> None:
    wanted = data.draw(people())
    file = data.draw(layouts([one.cells for one in wanted]))
    found, errors = judged(file)
    assert [(one.line, one.wrong.en) for one in errors.in_order()] == []
    shown = [replace(one.row, line=line) for one, line in zip(wanted, file.at, strict=True)]
    assert found.people == shown


NOISE = some.one_of(
    some.text(some.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=20),
    some.sampled_from(("", "-", "1.98E+17", "III/z", "31/02/2026", "JUMLAH", "#N/A", "198004042005041000", ";,\t|")),
)


@settings(max_examples=200)
@given(some.data())
def test_of_a_file_with_noise_nobody_is_lost_and_a_refusal_names_the_row(data: some.DataObject) -> None:
    wanted = data.draw(people())
    touched = data.draw(some.sets(some.integers(0, len(wanted) - 1), min_size=1, max_size=3))
    cells = [dict(one.cells) for one in wanted]
    for at in touched:
        cells[at][data.draw(some.sampled_from(FIELDS))] = data.draw(NOISE)
    twice = data.draw(some.booleans())
    if twice:
        cells.append(dict(cells[0]))
    file = data.draw(layouts(cells))
    found, errors = judged(file)
    suspicious = {file.at[at] for at in touched} | ({file.at[0], file.at[-1]} if twice else set())
    # A byte that is no text is told with its own line, which a break in a cell may have put below that of the row.
    named = {max((at for at in file.at if at <= one.line), default=1) for one in errors.in_order()}
    if errors:
        assert named <= suspicious | {1}, [(one.line, one.wrong.en) for one in errors.in_order()]
        assert all(one.file and one.column and one.fix.id for one in errors.in_order())
        return
    passed = {one["row"] for one in found.notes["passed_over"]}
    assert not twice or {file.at[0], file.at[-1]} <= passed  # the same line twice, unless both are footers
    out = {row.line: row for row in found.people}
    assert set(file.at) == out.keys() | (passed & set(file.at))
    assert passed & set(file.at) <= suspicious
    for at, one in enumerate(wanted):
        if at not in touched:
            assert out[file.at[at]] == replace(one.row, line=file.at[at])
