"""Whose line it is: numbers that gave way, and a PPPK who comes as a civil servant under a new number."""

from dataclasses import replace

from kit.files.lines import RawLine
from services.registry.imports.rules import headers
from services.registry.imports.rules.judgement import KnownPolicy
from services.registry.imports.rules.known import Known, KnownPerson
from services.registry.imports.rules.mapping import Confirmed, key_of
from services.registry.imports.rules.rows import ServantRow
from tests.support.files_of import BOSS, STAFF, TODAY, judged

CONTRACT, APPOINTED = "199001012024211001", "199001012026051007"
LABELS = ("NIP", "NAMA", "GOL", "JABATAN", "JENIS JABATAN", "UNOR", "ATASAN")
FIELDS = ("nip", "name", "grade", "position", "position_kind", "unit_code", "rater_nip")
HEADER = ",".join(LABELS)
GURU = f"{APPOINTED},Guru Tujuh,III/a,Guru,AHLI_PERTAMA,16.71,{BOSS}"
KNOWN = Known(
    city="16.71",
    today=TODAY,
    units={"16.71": None},
    unit_names={"16.71": "Kota Contoh"},
    raters={BOSS: None, CONTRACT: BOSS},
    heads={"16.71": CONTRACT},
    pinned=frozenset({CONTRACT}),
    people={
        BOSS: KnownPerson("Boss Satu", "boss@kota.example", "", "id", "PNS"),
        CONTRACT: KnownPerson("Guru Tujuh", "guru@kota.example", "PANEL", "en", "PPPK"),
    },
    mappings={key_of("servants", LABELS): Confirmed(dict(zip(FIELDS, LABELS, strict=True)))},
)


def of(*lines: str, known: Known = KNOWN, **answers: str) -> tuple[list[ServantRow], list[str]]:
    """Rows and errors of an office's own table; ``answers`` are by number, with an ``n`` before it."""
    said = {"nip": {name.removeprefix("n"): value for name, value in answers.items()}}
    found, errors = judged(
        policy=None,
        units=None,
        servants="\n".join((HEADER, *lines)) + "\n",
        known=replace(known, answers=said),
        policies={"16.71": KnownPolicy(None, {}, {})},
    )
    return list(found.people), [one.wrong.en for one in errors]


def test_a_pppk_who_comes_as_civil_servant_is_asked_about_and_keeps_what_the_file_does_not_say() -> None:
    _, errors = of(GURU)
    assert "the same person with a new number? (rows 2)" in errors[0]
    rows, errors = of(GURU, n199001012026051007=CONTRACT)
    assert errors == []
    [row] = rows
    assert (row.nip, row.former_nip, row.email, row.roles, row.language, row.is_head) == (
        APPOINTED, CONTRACT, "guru@kota.example", ("PANEL",), "en", True
    )  # fmt: skip


def test_others_name_the_appointed_by_name_or_by_either_number() -> None:
    for number, named in enumerate((APPOINTED, CONTRACT, "Guru Tujuh"), start=1):
        staff = f"{STAFF},Staf {number},III/a,Staf,PELAKSANA,16.71,{named}"
        rows, errors = of(GURU, staff, n199001012026051007=CONTRACT)
        assert errors == []
        assert rows[1].rater_nip == APPOINTED


def test_a_file_with_both_numbers_of_one_person_is_refused() -> None:
    old = f"{CONTRACT},Guru Tujuh,IX,Guru,AHLI_PERTAMA,16.71,{BOSS}"
    _, errors = of(GURU, old, n199001012026051007=CONTRACT)
    assert f"line 2 is the same person with the number {APPOINTED}" in errors


def test_a_number_that_gave_way_is_told_the_new_one_and_a_superior_is_meant_by_it() -> None:
    known = replace(KNOWN, former={"198004042005041999": STAFF, "196502021990021999": BOSS})
    line = "198004042005041999,Staf Empat,III/a,Staf,PELAKSANA,16.71,196502021990021999"
    _, errors = of(line, known=known)
    assert f"gave way to {STAFF}" in errors[0]
    rows, errors = of(line, known=known, n198004042005041999=STAFF)
    assert errors == []
    assert (rows[0].nip, rows[0].rater_nip) == (STAFF, BOSS)
    rows, errors = of(line, known=known, n198004042005041999="198004042005041999")
    assert rows[0].nip == "198004042005041999"


def test_a_title_above_the_header_is_no_part_of_its_names() -> None:
    lines: list[RawLine] = [
        (1, ["", "", "", "DAFTAR NOMINATIF", ""]),
        (3, ["NIP", "NAMA", "GOL", "PEKERJAAN", "UNOR"]),
        (4, ["197505052000121005", "Rina", "III/a", "Analis", "Dinas"]),
    ]
    found = headers.find(lines)
    assert found is not None
    assert found.labels == ("NIP", "NAMA", "GOL", "PEKERJAAN", "UNOR")
    two: list[RawLine] = [
        (1, ["Pegawai", "", "Jabatan", "", "Unit Kerja"]),
        (2, ["NIP", "Nama", "Nama", "Jenis", ""]),
        (3, ["197505052000121005", "Rina", "Analis", "Pelaksana", "Dinas"]),
    ]
    found = headers.find(two)
    assert found is not None
    assert (found.rows, set(found.columns)) == (2, {"nip", "name", "position", "position_kind", "unit_code"})
