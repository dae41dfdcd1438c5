import io
from datetime import date

import pytest
from openpyxl import Workbook

from kit.files.errors import FileErrors
from kit.files.tables import read_table
from services.registry.imports.rules.known import Known
from services.registry.imports.rules.servants import COLUMNS
from tests.support.files_of import BOSS, HEADER, SERVANTS, STAFF, TODAY, TOP, UNITS, judged, places


def test_a_good_place_has_no_errors() -> None:
    found, errors = judged()
    assert errors == []
    assert [row.nip for row in found.people] == [TOP, BOSS, STAFF]
    assert found.policies[0].policy.ladders


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "wrong"),
    [
        (STAFF, "19800404200504100", 4, 1, "17 digits"),
        (STAFF, "1980O404200504100X", 4, 1, "other characters than digits"),
        (STAFF, "198002302005041001", 4, 1, "the birth date 1980-02-30 does not exist"),
        (STAFF, "198004042005131001", 4, 1, "the appointment month 13 does not exist"),
        (STAFF, "198004042005043000", 4, 1, "digit 15 is 3"),
        (STAFF, BOSS, 4, 1, f"NIP {BOSS} is already on line 3"),
        ("Tiga,PNS", ",PNS", 4, 2, "the name is empty"),
        ("Tiga,PNS", "Tiga,HONORER", 4, 3, "unknown employment type 'HONORER'"),
        (STAFF, "198004042005041000", 4, 1, "the serial 000 cannot exist"),
        ("III/a", "V/a", 4, 4, "'V/a' is no grade of a PNS"),
        ("Staf,PELAKSANA", "Staf,STAF", 4, 6, "unknown position kind 'STAF'"),
        ("PELAKSANA,16.71.SETDA", "PELAKSANA,16.71.X", 4, 7, "unknown unit '16.71.X'"),
        (f"{BOSS},tiga", "196502021990022001,tiga", 4, 8, "unknown rater 196502021990022001"),
        ("tiga@", "tiga", 4, 9, "is no e-mail address"),
        ("tiga@palembang.example,no", "tiga@palembang.example,maybe", 4, 10, "'maybe' is neither yes nor no"),
        ("tiga@palembang.example,no", "tiga@palembang.example,yes", 4, 10, f"already has a head: {TOP}"),
        ("tiga@palembang.example,no,", "tiga@palembang.example,no,2025-02-29", 4, 11, "the date '2025-02-29' does not"),
        ("tiga@palembang.example,no,", "tiga@palembang.example,no,2026-01-06", 4, 11, "2026-01-06 lies in the future"),
        ("Tiga,PNS", "Tiga,Empat,PNS", 4, 11, "the line has 12 fields, the header 11"),
        ("position_kind", "position_knd", 1, 6, "unknown column 'position_knd'"),
        (f",{TOP},dua", f",{STAFF},dua", 3, 8, f"circle: {BOSS} -> {STAFF} -> {BOSS}"),
        (f",{TOP},dua", f",{BOSS},dua", 3, 8, f"circle: {BOSS} -> {BOSS}"),
    ],
)
def test_an_error_in_people_has_its_place(old: str, new: str, line: int, column: int, wrong: str) -> None:
    text = SERVANTS
    assert old in text
    start = text.index(f"{STAFF},Tiga") if old == STAFF else 0
    _, errors = judged(servants=text[:start] + text[start:].replace(old, new, 1))
    assert (line, column) in {(one.line, one.column) for one in errors}
    found = next(one for one in errors if (one.line, one.column) == (line, column))
    assert wrong in found.wrong.en
    assert found.wrong.id != found.wrong.en
    assert found.fix.id
    assert found.fix.en


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "wrong"),
    [
        ("16.71.SETDA,", "14.72.SETDA,", 3, 1, "does not belong to city 16.71"),
        ("16.71,Kota Contoh,CITY,,", "16.71,Kota Contoh,CITY,16.71.SETDA,", 2, 4, "one another's parents"),
        ("SECRETARIAT,16.71,", "SECRETARIAT,16.71.X,", 3, 4, "unknown parent unit '16.71.X'"),
        ("SECRETARIAT", "SEKRETARIAT", 3, 3, "unknown kind 'SEKRETARIAT'"),
        ("SECRETARIAT,16.71,", "SECRETARIAT,16.71,5", 3, 5, "'5' is no period"),
    ],
)
def test_an_error_in_units_has_its_place(old: str, new: str, line: int, column: int, wrong: str) -> None:
    _, errors = judged(units=UNITS.replace(old, new, 1), servants=None)
    assert places(errors) == [("units.csv", line, column)]
    assert wrong in errors[0].wrong.en


def test_five_different_errors_are_found_at_once() -> None:
    wrong = SERVANTS.replace(f"{STAFF},Tiga,PNS,III/a", "1980,Tiga,PNS,III/z")
    wrong = wrong.replace("Kabag,ADMINISTRATOR", "Kabag,KABAG").replace("dua@palembang.example", "dua")
    _, errors = judged(servants=wrong, units=UNITS + "16.71.X,Dinas X,OFFICE,16.71.Y,\n")
    assert places(errors) == [
        ("servants.csv", 3, 6),
        ("servants.csv", 3, 9),
        ("servants.csv", 4, 1),
        ("servants.csv", 4, 4),
        ("units.csv", 4, 4),
    ]


@pytest.mark.parametrize(("encoding", "told"), [("latin-1", "read as cp1252"), ("utf-16", "read as utf-16")])
def test_other_encodings_of_people_are_read_and_told(encoding: str, told: str) -> None:
    found, errors = judged(servants=SERVANTS.replace("Tiga", "Tig\u00e9").encode(encoding))
    assert errors == []
    assert found.people[-1].name == "Tig\u00e9"
    assert told in found.notes["warnings"][0].wrong.en


@pytest.mark.parametrize("content", ["", "  \n\n"])
def test_an_empty_file_is_an_error_and_not_a_city_without_people(content: str) -> None:
    _, errors = judged(servants=content)
    assert [one.wrong.en for one in errors] == ["the file is empty"]


def test_an_unreadable_file_does_not_make_the_others_wrong() -> None:
    _, errors = judged(units="", policy="scope: [")
    assert {one.file for one in errors} == {"policy.yaml", "units.csv"}


def test_a_missing_column_is_named() -> None:
    without = "\n".join(",".join(line.split(",")[:-3]) for line in SERVANTS.splitlines())
    _, errors = judged(servants=without)
    assert "column 'email' is missing" in errors[0].wrong.en


def test_semicolons_a_byte_order_mark_and_spaces_in_the_nip_do_no_harm() -> None:
    printed = SERVANTS.replace(STAFF, "19800404 200504 1 001").replace(",", ";")
    found, errors = judged(servants=b"\xef\xbb\xbf" + printed.encode())
    assert errors == []
    assert found.people[-1].nip == STAFF


def test_a_quotation_mark_that_never_closes_is_an_error() -> None:
    _, errors = judged(servants=SERVANTS.replace("Dua", '"Dua'))
    assert places(errors) == [("servants.csv", 3, 1)]


def test_lines_count_as_an_editor_counts_them() -> None:
    text = SERVANTS.replace("Dua,", '"Dua\nbaris",').replace("Tiga,PNS", "Tiga,X")
    _, errors = judged(servants=text)
    assert places(errors) == [("servants.csv", 5, 3)]


def test_excel_numbers_that_lost_digits_are_refused() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADER.strip().split(","))
    cells = SERVANTS.splitlines()[1].split(",")
    sheet.append([*cells[:-1], date(2024, 1, 2)])
    sheet.append([int(BOSS), *SERVANTS.splitlines()[2].split(",")[1:]])
    content = io.BytesIO()
    book.save(content)
    errors = FileErrors()
    lines = read_table("servants.xlsx", content.getvalue(), COLUMNS, errors)
    assert lines[0].get("since") == "2024-01-02"
    assert lines[0].get("rater_nip") == ""
    assert places(errors.in_order()) == [("servants.xlsx", 3, 1)]
    assert "lost digits" in errors.found[0].wrong.en


def test_what_is_no_workbook_is_an_error() -> None:
    errors = FileErrors()
    assert read_table("units.xlsx", b"code,name", COLUMNS, errors) == []
    assert "not an XLSX workbook" in errors.found[0].wrong.en


def test_files_may_refer_to_what_is_recorded() -> None:
    known = Known(city="16.71", today=TODAY, units={"16.71": None, "16.71.SETDA": "16.71"}, raters={TOP: None})
    only = HEADER + SERVANTS.splitlines()[2] + "\n"
    found, errors = judged(units=None, servants=only, known=known)
    assert errors == []
    assert [row.nip for row in found.people] == [BOSS]


def test_a_circle_through_recorded_people_is_found() -> None:
    known = Known(city="16.71", today=TODAY, units={"16.71.SETDA": None}, raters={TOP: BOSS, BOSS: None})
    only = HEADER + SERVANTS.splitlines()[2] + "\n"
    _, errors = judged(units=None, servants=only, known=known)
    assert f"{BOSS} -> {TOP} -> {BOSS}" in errors[0].wrong.en


def test_files_of_other_names_are_refused() -> None:
    errors = FileErrors()
    from services.registry.imports.rules.submission import Upload, read_all  # noqa: PLC0415

    read_all([Upload("pegawai.csv", b"x"), Upload("units.csv", b"x"), Upload("units.xlsx", b"")], errors)
    found = [one.wrong.en for one in errors.found]
    assert "'pegawai.csv' is not a name known here" in found
    assert "there is units.csv already" in found


def test_a_city_without_policy_must_submit_one() -> None:
    _, errors = judged(policy=None)
    assert [one.wrong.en for one in errors] == ["city 16.71 has no policy yet"]
