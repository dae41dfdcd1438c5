"""Values as people write them, each with what it is read as, asked or refused: nothing ambiguous is guessed."""

import io
from collections.abc import Sequence
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from kit.files import cells, days
from kit.files.answers import Ask, Found, Wrong
from kit.files.errors import FileErrors
from kit.files.tables import Columns, read_table
from services.registry.imports.rules.judgement import KnownPolicy, judge
from services.registry.imports.rules.submission import Upload, read_all
from services.registry.imports.rules.values import numbers, words
from tests.rules.registry.test_identity import KNOWN, LABELS
from tests.support.files_of import BOSS, HEADER, SERVANTS, STAFF
from tests.support.files_of import judged as files_judged

NIP = "198004042005041001"


def read(found: Found) -> str:
    """The value; a question begins with a question mark, a refusal with an exclamation mark."""
    match found:
        case Ask():
            return f"? {found.why[0]}"
        case Wrong():
            return f"! {found.wrong[0]}"
    return found


@pytest.mark.parametrize(
    ("written", "value"),
    [
        *((one, "III/d") for one in ("III/d", "III/D", "III d", "III-d", "IIId", "3/d", "34", "Gol. III/d")),
        *((one, "III/d") for one in ("Penata Tk. I (III/d)", "Penata Tk. I", "Penata Tingkat I", "PENATA TK.I, III/D")),
        ("Pembina Utama Muda", "IV/c"),
        ("Pengatur Muda Tk. I (II/b)", "II/b"),
        ("Penata (III/d)", "? 'Penata (III/d)' names two grades"),
        ("III/d - IV/a", "? 'III/d - IV/a' names two grades"),
        ("IX", "! 'IX' is no grade of a PNS"),
        ("-", "! '-' is no grade of a PNS"),
    ],
)
def test_a_grade_of_a_pns(written: str, value: str) -> None:
    assert read(words.grade(written, contract=False)) == value


@pytest.mark.parametrize("written", ["IX", "ix", "Gol. IX", "Golongan IX", "Kelas IX", "9"])
def test_a_grade_of_a_pppk(written: str) -> None:
    assert words.grade(written, contract=True) == "IX"


@pytest.mark.parametrize(
    ("written", "value"),
    [
        *((one, "PNS") for one in ("PNS", "pns", "Pegawai Negeri Sipil", "CPNS", "Calon PNS")),
        *((one, "PPPK") for one in ("PPPK", "P3K", "PPPK Paruh Waktu", "Pegawai Pemerintah dengan Perjanjian Kerja")),
        ("PNS/PPPK", "? 'PNS/PPPK' names both PNS and PPPK"),
        ("Honorer", "! unknown employment type 'Honorer'"),
    ],
)
def test_an_employment(written: str, value: str) -> None:
    assert read(words.employment(written)[0]) == value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("Jabatan Pelaksana", "PELAKSANA"),
        ("Pelaksana Lanjutan", "MAHIR"),
        ("Ahli Muda", "AHLI_MUDA"),
        ("JF Ahli Muda", "AHLI_MUDA"),
        ("Eselon IV.a", "PENGAWAS"),
        ("Es. III b", "ADMINISTRATOR"),
        ("II.b", "JPT_PRATAMA"),
        ("Struktural", "? 'Struktural' does not say which level"),
        ("Jabatan Fungsional", "? 'Jabatan Fungsional' does not say which level"),
        ("Staf", "! unknown position kind 'Staf'"),
    ],
)
def test_a_kind_of_position(written: str, value: str) -> None:
    assert read(words.position_kind(written)) == value


DAYS = [
    *(
        (one, "2020-04-01")
        for one in ("2020-04-01", "01/04/2020", "1-4-2020", "1.4.2020", "1 April 2020", "01-Apr-2020")
    ),
    ("43922", "2020-04-01"),
    ("2020-04-01 00:00:00", "2020-04-01"),
    ("1 Nopember 2020", "2020-11-01"),
    ("01/04/20", "! the year of '01/04/20' has two digits"),
    ("1 April 20", "! the year of '1 April 20' has two digits"),
    ("04/13/2020", "! '04/13/2020' has no month 13: day and month seem exchanged"),
    ("31/04/2020", "! the date '31/04/2020' does not exist"),
    ("Apr-20", "! 'Apr-20' is not written as a date"),
]


@pytest.mark.parametrize(("written", "value"), DAYS)
def test_a_day_stands_before_the_month_and_one_that_exists_is_not_told_otherwise(written: str, value: str) -> None:
    assert read(days.day(written)) == value


@pytest.mark.parametrize(("written", "value"), DAYS)
def test_days_of_calendars_and_changes_are_written_as_those_of_people(written: str, value: str) -> None:
    errors = FileErrors()
    [line] = read_table("calendar.csv", f"date\n{written}\n".encode(), Columns(("date",)), errors)
    found = cells.day(line, "date", errors, example="2026-01-31")
    if value.startswith("!"):
        assert [f"! {one.wrong.en}" for one in errors.in_order()] == [value]
        return
    assert (str(found), errors.total) == (value, 0)
    told = [(one.line, one.column, one.wrong.en) for one in errors.warnings_in_order()]
    assert told == ([] if written == value else [(2, 1, f"'{written}' is read as {value}")])


@pytest.mark.parametrize(
    ("written", "value"),
    [
        *((one, "yes") for one in ("v", "V", "✓", "√", "x", "ya", "Kepala", "KEPALA UNIT", "1")),
        *((one, "no") for one in ("", "-", "tidak", "Bukan Kepala", "0", "staf")),
        ("mungkin", "! 'mungkin' is neither yes nor no"),
    ],
)
def test_yes_and_no(written: str, value: str) -> None:
    assert read(words.yes_or_no(written)) == value


@pytest.mark.parametrize(
    "written",
    [
        f"'{NIP}", f"`{NIP}", "19800404 200504 1 001", "19800404.200504.1.001", f"NIP. {NIP}", f"\u200b{NIP[:8]}\u00a0{NIP[8:]}\ufeff",
        NIP.translate({ord(str(one)): chr(0xFF10 + one) for one in range(10)}),
    ],
)  # fmt: skip
def test_a_number_is_its_digits_whatever_stands_between(written: str) -> None:
    assert numbers.nip(written) == NIP


@pytest.mark.parametrize("written", ["1.98004E+17", "1,98004E+17", f"{NIP}.0"])
def test_a_number_that_a_spreadsheet_shortened_is_lost(written: str) -> None:
    assert isinstance(numbers.nip(written), Wrong)


ANI = [STAFF, "Ani Wijaya", "III/D", "Staf", "Pelaksana", "kota contoh", f"{BOSS} (Kabag)"]
COMES = [("Ani Wijaya", "III/d", "16.71", BOSS)]


def people(name: str, content: bytes) -> tuple[list[tuple[str, str, str, str | None]], list[str]]:
    """Name, grade, unit and superior of everybody in an office's table, and what is wrong with it."""
    errors = FileErrors()
    found = judge(read_all([Upload(name, content)], errors), KNOWN, {"16.71": KnownPolicy(None, {}, {})}, errors)
    told = [one.wrong.en for one in errors.in_order()]
    return [(one.name, one.grade, one.unit_code, one.rater_nip) for one in found.people], told


def text(*lines: Sequence[str], separator: str = ",") -> str:
    return "\r\n".join(separator.join(line) for line in (LABELS, *lines)) + "\r\n"


def workbook(*lines: Sequence[str]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    for line in (LABELS, *lines):
        sheet.append(list(line))
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        text(ANI).encode(),
        ("sep=;\r\n" + text(ANI, separator=";")).encode(),
        text(ANI, separator=";").encode("utf-16"),
        text(ANI, separator="\t").encode("utf-8-sig"),
        text(ANI, ["JUMLAH", "1", "", "", "", "", ""]).encode("cp1252"),
    ],
)
def test_separators_encodings_and_footers_as_offices_have_them(content: bytes) -> None:
    assert people("Data Pegawai.csv", content) == (COMES, [])


@pytest.mark.parametrize("between", ["\n", "\r\n", "_x000D_\n", "_x0007_", "\t", "\u2028"])
def test_what_nobody_sees_in_a_cell_becomes_a_blank(between: str) -> None:
    line = [ANI[0], f"Ani{between}Wijaya", *ANI[2:]]
    assert people("Data Pegawai.xlsx", workbook(line)) == (COMES, [])


@pytest.mark.parametrize("dimension", ["A1", "A1:G2", "A1:XFD1048576"])
def test_what_a_sheet_says_of_its_size_is_not_believed(dimension: str) -> None:
    many = [[f"19800404200504{one // 1000 + 1}{one % 1000:03d}", f"Ani {one}", *ANI[2:]] for one in range(1, 31)]
    lying = io.BytesIO()
    with ZipFile(io.BytesIO(workbook(*many))) as source, ZipFile(lying, "w") as target:
        for part in source.infolist():
            stated = b'<dimension ref="A1:G31"'
            raw = source.read(part)
            assert part.filename != "xl/worksheets/sheet1.xml" or stated in raw
            target.writestr(part, raw.replace(stated, f'<dimension ref="{dimension}"'.encode()))
    found, wrong = people("Data Pegawai.xlsx", lying.getvalue())
    assert (len(found), wrong) == (30, [])


@pytest.mark.parametrize("named", [BOSS, f"{BOSS} / Boss Satu", "Boss Satu", "BOSS SATU, S.Sos.", "Ir. Boss Satu"])
def test_a_superior_is_named_by_number_or_name(named: str) -> None:
    line = [*ANI[:6], f'"{named}"']
    assert people("Data Pegawai.csv", text(line).encode()) == (COMES, [])


def test_a_name_of_two_people_is_asked_about() -> None:
    other = ["197003031995031001", *ANI[1:]]
    under = ["197003031995031003", "Tini", *ANI[2:6], "Ani Wijaya"]
    _, wrong = people("Data Pegawai.csv", text(ANI, other, under).encode())
    assert wrong == ["'Ani Wijaya' may be several people (rows 4)"]


@pytest.mark.parametrize("unit", ["16.71", "KOTA CONTOH", "Kota contoh", "kota  contoh", "1671"])
def test_a_unit_is_named_by_code_or_name_in_any_case(unit: str) -> None:
    assert people("Data Pegawai.csv", text([*ANI[:5], unit, ANI[6]]).encode()) == (COMES, [])


TWO_NUMBERS = (
    "198004042005041001,Ani Wijaya,PNS,III/d,Staf,PELAKSANA,16.71.SETDA,{boss},ani@kota.example,no,\n"
    "198004042005041002,{name},PNS,III/d,Staf,PELAKSANA,16.71.SETDA,{boss},{email},no,\n"
)


@pytest.mark.parametrize(
    ("name", "email", "wrong", "warned"),
    [
        ("ANI WIJAYA", "ani@kota.example", "198004042005041002 has the name, birth date and e-mail of 198004042005041001", ""),
        ("Tini", "ani@kota.example", "", "198004042005041001 has the same address"),
        ("Ani Wijaya", "", "", "no e-mail: the inbox alone"),
        ("Ani Wijaya", "ani2@kota.example", "", ""),
    ],
)  # fmt: skip
def test_one_person_under_two_numbers_is_refused_and_a_shared_or_missing_address_a_warning(
    name: str, email: str, wrong: str, warned: str
) -> None:
    boss = SERVANTS.splitlines()[1:3]
    lines = TWO_NUMBERS.format(boss=BOSS, name=name, email=email)
    found, errors = files_judged(servants=HEADER + "\n".join(boss) + "\n" + lines)
    assert [one.wrong.en.partition(":")[0] for one in errors] == ([wrong] if wrong else [])
    told = [one.wrong.en for one in found.notes["warnings"] if one.line == 5]
    assert told == ([warned] if warned else [])
