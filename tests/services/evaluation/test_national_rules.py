"""What is decided about batches, rows and answers without looking anywhere."""

import hashlib
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from contracts.base import Predicate, Rating, new_id
from kinerja.national.gateway import access
from kit.files.errors import FileErrors
from kit.files.tables import read_table
from kit.settings import Settings
from services.evaluation.gateways import UnreadableGateways, gateways
from services.evaluation.national.rules.answer_file import TABLE, judged
from services.evaluation.national.rules.answers import Meaning, Said, knows_nobody, listed, meaning, person_in
from services.evaluation.national.rules.forms import ANNUAL, PERIODIC, body_of, folded, form_of, matching
from services.evaluation.national.rules.holds import BatchHold, batch_hold, is_nip, months_of, to_go
from services.evaluation.national.rules.manifest import COLUMNS, Digest, content_of
from services.evaluation.national.rules.retries import LONGEST, asked_for, wait_after
from services.evaluation.reports.rules.records import ExportedPerson, Outcome, Record, Stretch, record

NIP, HEAD = "199001012015011001", "198501012010012002"


def row(*, nip: str = NIP, rater: str = HEAD, start: int = 1, end: int = 6, part: int = 1, of: int = 1) -> Record:
    person, head = ExportedPerson(nip, "Ani", "Pelaksana", "III/a", "Dinas"), ExportedPerson(rater, "Budi", "", "", "")
    outcome = Outcome(new_id(), 1, Rating.ABOVE, Rating.MEETS, Predicate.GOOD, final=True, objection_open=False)
    return record(outcome, person, head, Stretch(date(2026, start, 1), date(2026, end, 1), head, "PELAKSANA", part, of))


@pytest.mark.parametrize(
    ("nip", "right"),
    [
        (NIP, True),
        ("19900101201501100", False),
        ("1990010120150110012", False),
        ("199013012015011001", False),
        ("199001012015011000", False),  # what Excel leaves of eighteen digits
        ("19900101201501100a", False),
        ("١٩٩٠٠١٠١٢٠١٥٠١١٠٠١", False),
    ],
)
def test_a_nip_is_eighteen_digits_that_can_be_true(nip: str, *, right: bool) -> None:
    assert is_nip(nip) is right


@pytest.mark.parametrize(
    ("records", "hold"),
    [
        ([row()], None),
        ([row(nip="")], BatchHold.NO_NIP),
        ([row(nip="199001012015011000")], BatchHold.NIP_INVALID),
        ([row(rater="19850101")], BatchHold.RATER_NIP_INVALID),
        ([row(rater="")], None),  # a regional head
    ],
)
def test_what_the_national_application_cannot_know_is_held_back(records: list[Record], hold: BatchHold | None) -> None:
    assert batch_hold(records) is hold


def test_only_the_parts_that_were_rejected_go_again_and_none_whose_months_are_others_now() -> None:
    first, second = row(start=1, end=3, part=1, of=2), row(start=4, end=6, part=2, of=2)
    assert to_go([first, second], {}) == [first, second]
    assert to_go([first, second], {1: months_of(first)}) == [second]
    assert to_go([first, second], {1: months_of(first), 2: months_of(second)}) == []
    assert to_go([first, second], {1: (2026, 1, 2026, 2)}) is None
    assert to_go([first], {2: months_of(second)}) is None


def test_anybody_makes_the_sum_of_a_batch_again() -> None:
    contents = [content_of(row()), content_of(row(nip=HEAD))]
    digest = Digest()
    for one in contents:
        digest.add(json.loads(json.dumps(one)))
    lines = [json.dumps(one, sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n" for one in contents]
    assert digest.told() == hashlib.sha256("".join(lines).encode()).hexdigest()
    assert tuple(contents[0]) == COLUMNS


def test_a_whole_year_goes_as_annual_and_everything_else_as_periodic() -> None:
    """docs/domain.md 3.4: the names of ``skp22/save`` and of periodic records."""
    year, half = content_of(row(end=12)), content_of(row(end=6))
    assert (form_of(year), form_of(half)) == (ANNUAL, PERIODIC)
    sent = body_of(year, "A1")
    assert (sent["pnsDinilaiOrang"], sent["tahun"], sent["kuadranKinerjaNilai"]) == ("A1", 2026, 2)
    assert {"nip", "hasilId", "versi", "penetapNama"}.isdisjoint(sent)
    assert (body_of(half, "A1")["pnsDinilaiId"], body_of(half, "A1")["bulanSelesaiPenilaian"]) == ("A1", 6)


def test_an_entry_is_known_by_its_months_and_codes_however_its_names_are_written() -> None:
    sent = content_of(row())
    other = {"KuadranKinerjaNilai": "2", "perilaku_kerja_nilai": 2, "HASILKINERJANILAI": 1, "id": "S1"}
    entry = {**body_of(sent, "A1"), "tahun": "2026"} | other
    for gone in ("kuadranKinerjaNilai", "perilakuKerjaNilai", "hasilKinerjaNilai"):
        del entry[gone]
    assert matching(sent, folded([entry])) is not None
    assert matching(sent, folded([entry | {"KuadranKinerjaNilai": 1}])) is None
    assert matching(sent, folded([entry | {"bulanSelesaiPenilaian": 12}])) is None
    assert matching(sent, folded([{}, "kosong"])) is None


@pytest.mark.parametrize(
    ("status", "text", "what"),
    [
        (200, '{"success": true, "mapData": {"id": "S1"}}', Meaning.TAKEN),
        (201, '{"Code": 1, "Data": {"ID": "S1"}}', Meaning.TAKEN),
        (200, '{"success": false, "message": "NIP penilai wajib diisi"}', Meaning.REFUSED),
        (422, '{"message": "tahun salah"}', Meaning.REFUSED),
        (400, '{"message": "tah', Meaning.UNCLEAR),
        (409, "", Meaning.DUPLICATE),
        (409, '{"message": "konflik"}', Meaning.DUPLICATE),
        (200, '{"Success": "false", "Message": "Data SUDAH ADA"}', Meaning.DUPLICATE),
        (429, "", Meaning.BUSY),
        (401, "", Meaning.TOKEN),
        (500, '{"message": "sudah ada"}', Meaning.UNCLEAR),
        (503, "", Meaning.UNCLEAR),
        (200, '{"success": tr', Meaning.UNCLEAR),
        (302, "", Meaning.UNCLEAR),
    ],
)
def test_what_an_answer_means(status: int, text: str, what: Meaning) -> None:
    assert meaning(Said.of(status, text)) is what


def test_the_number_is_found_wherever_it_stands() -> None:
    assert Said.of(200, '{"mapData": {"rwSkpId": 12}}').number == "12"
    assert Said.of(200, '{"Data": {"ID": "S1"}}').number == "S1"
    assert Said.of(200, "[]").number is None


def test_only_an_answer_that_says_so_means_that_there_is_nothing() -> None:
    """Or a row whose answer was lost would be sent again."""
    assert listed(Said.of(200, '{"code": 1, "data": [{"TAHUN": 2026}]}')) == [{"tahun": 2026}]
    assert listed(Said.of(200, '{"code": 1, "data": "Data tidak ditemukan"}')) == []
    assert listed(Said.of(200, '{"code": 0, "message": "Data tidak ditemukan"}')) == []
    assert listed(Said.of(404, "")) == []
    for status, text in ((200, '{"data": ['), (200, '{"code": 0, "message": "galat"}'), (500, "{}"), (301, "")):
        assert listed(Said.of(status, text)) is None


def test_a_person_is_unknown_only_where_the_gateway_says_so() -> None:
    assert person_in(Said.of(200, '{"data": {"Id": "A1"}}')) == "A1"
    assert knows_nobody(Said.of(200, '{"data": "Data tidak ditemukan"}'))
    assert knows_nobody(Said.of(404, ""))
    assert not knows_nobody(Said.of(200, "{}"))
    assert not knows_nobody(Said.of(500, ""))


def test_waits_grow_to_an_hour_and_whoever_asks_for_quiet_gets_it_up_to_a_day() -> None:
    assert [wait_after(n, chance=0.5) for n in (1, 2, 3, 50)] == [5.0, 10.0, 20.0, LONGEST]
    now = datetime(2027, 1, 4, 8, 0, 0, tzinfo=UTC)
    assert asked_for("7", now) == 7.0
    assert asked_for("Mon, 04 Jan 2027 08:01:00 GMT", now) == 60.0
    assert asked_for("999999999", now) == 86_400.0
    assert [asked_for(one, now) for one in (None, "bald", "Sun, 03 Jan 2027 08:00:00 GMT")] == [0.0, 0.0, 0.0]


FILE = """nip,tahun,bulanMulaiPenilaian,bulanSelesaiPenilaian,Status,alasan
199001012015011001,2026,1,6,diterima,
198501012010012002,2026,1,6,DITOLAK,NIP penilai salah
198501012010012003,2026,1,6,,
"""


def _answers(text: str) -> tuple[list[Any], list[str]]:
    errors = FileErrors()
    found = judged(read_table("jawaban.csv", text.encode(), TABLE, errors), errors)
    return list(found), [f"{one.line}:{one.column} {one.wrong.en}" for one in errors.in_order()]


def test_a_file_of_answers_says_what_was_taken_and_what_was_not() -> None:
    found, wrong = _answers(FILE)
    assert wrong == []
    assert [(one.key, one.state, one.reason) for one in found] == [
        ((NIP, 2026, 1, 6), "CONFIRMED", ""),
        ((HEAD, 2026, 1, 6), "REJECTED", "NIP penilai salah"),
    ]


def test_what_is_wrong_in_a_file_of_answers_is_told_with_its_place() -> None:
    text = FILE.replace("NIP penilai salah", "").replace("2026,1,6,diterima", "26a,1,6,mungkin")
    _, wrong = _answers(text + f"{HEAD},2026,1,6,diterima,\n{HEAD},2026,1,6,diterima,\n")
    assert wrong == [
        "2:2 '26a' is no number",
        "2:5 unknown status 'mungkin'",
        "3:6 the reason is missing",
        "6:1 line 5 is about the same row",
    ]


def _settings(tmp_path: Path, content: object, environment: str = "test") -> Settings:
    file = tmp_path / "gateways.json"
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return Settings.model_validate({"environment": environment, "national_gateways": str(file)})


def test_without_a_file_nobody_reaches_the_national_application(tmp_path: Path) -> None:
    assert gateways(Settings(environment="test")) == {}
    assert gateways(Settings(environment="test", national_gateways=str(tmp_path / "none.json"))) == {}


def test_access_that_would_carry_secrets_in_clear_or_is_half_is_refused_without_telling_them(tmp_path: Path) -> None:
    right = access("http://127.0.0.1:8398")
    assert set(gateways(_settings(tmp_path, {"16.71": right}))) == {"16.71"}
    https = {name: value.replace("http://127.0.0.1:8398", "https://gw.example") for name, value in right.items()}
    assert set(gateways(_settings(tmp_path, {"16.71": https}, "production"))) == {"16.71"}
    for wrong in (
        {"16.71": https | {"url": "http://gw.example/apisiasn"}},
        {"16.71": {name: value for name, value in https.items() if name != "key"}},
        {"kota": https},
        "{",
    ):
        with pytest.raises(UnreadableGateways) as told:
            gateways(_settings(tmp_path, wrong))
        assert "rahasia" not in str(told.value)
    with pytest.raises(UnreadableGateways, match="refused in production"):
        gateways(_settings(tmp_path, {"16.71": right}, "production"))
