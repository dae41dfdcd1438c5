"""The daily log out of here and in from the national application: nothing is typed twice, and nothing is there twice."""

from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text

from contracts.plans.assistance import EnteredOnBehalf
from contracts.plans.daily_log import ActivitiesLogged
from tests.services.plans.conftest import StageOf
from tests.services.plans.stage import Stage, content
from tests.services.plans.test_assistants import Assisted
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of
from tests.support.sheets import rows_of
from tests.support.tables import csv_of, xlsx_of

pytestmark = pytest.mark.connected

HEAD = ["Tanggal", "Uraian Kegiatan", "Durasi (menit)"]
LINES = [HEAD, ["2/1/2026", "Menjawab surat masuk", 90], ["5 Januari 2026", "Rapat loket", "60 menit"]]


@pytest.fixture
async def stage(stage_of: StageOf) -> Stage:
    """Dumai, where a log is kept, on 5 January 2026."""
    return await stage_of("dumai")


async def _path(stage: Stage) -> str:
    return f"/v1/plans/{(await stage.plan()).id}/activities"


async def _send(
    stage: Stage, content: bytes, name: str = "progres.csv", who: UUID | None = None, **parts: str
) -> httpx.Response:
    headers = stage.client.as_(who or stage.servant, stage.city, *stage.office.roles(who or stage.servant))
    path = f"{await _path(stage)}/file"
    return await stage.client.post(path, files={"files": (name, content)}, data=parts, headers=headers)


async def _log(stage: Stage) -> list[Any]:
    answer = await stage.client.get(await _path(stage), headers=stage.client.as_(stage.servant, stage.city))
    return sorted((one["day"], one["text"], one["minutes"]) for one in answer.json()["items"])


async def test_a_file_is_taken_in_once_however_often_it_comes(stage: Stage) -> None:
    first = await _send(stage, csv_of(LINES, separator=";"))
    assert (first.status_code, first.json()) == (201, {"accepted": 2, "known": 0})
    assert await _log(stage) == [("2026-01-02", "Menjawab surat masuk", 90), ("2026-01-05", "Rapat loket", 60)]
    again = await _send(stage, csv_of(LINES, separator=";"))
    as_workbook = await _send(stage, xlsx_of(LINES, sheet="Progres", before=["Petunjuk"]), "Progres Harian.xlsx")
    assert again.json() == as_workbook.json() == {"accepted": 0, "known": 2}
    [event] = await emitted_of(stage.database, ActivitiesLogged)
    assert (event.entries, len(event.days)) == (2, 2)


async def test_a_download_that_comes_back_adds_nothing_and_every_digit_of_the_nip_is_there(stage: Stage) -> None:
    await stage.put(stage.servant, f"/plans/{(await stage.plan()).id}", content())
    [result] = (await stage.get(stage.servant, f"/plans/{(await stage.plan()).id}")).json()["results"]
    typed = {"day": "2026-01-05", "text": "=Rapat\nkoordinasi", "minutes": 45, "quantity": "2.500"}
    typed |= {"work_result_id": result["id"]}
    late = {"day": "2026-01-02", "text": "Apel pagi", "minutes": 30, "late_reason": "Sakit"}
    path = await _path(stage)
    assert (await stage.post(stage.servant, path.removeprefix("/v1"), {"entries": [typed, late]})).status_code == 201
    headers = stage.client.as_(stage.servant, stage.city)
    both = [
        await stage.client.get(f"{path}/download", params={"format": kind}, headers=headers) for kind in ("csv", "xlsx")
    ]
    for answer, name in zip(both, ("log.csv", "log.xlsx"), strict=True):
        header, *lines = rows_of(answer)
        assert header[2:5] == ["Tanggal", "Rencana Hasil Kerja", "Uraian Kegiatan"]
        assert [line[2] for line in lines] == ["2026-01-02", "2026-01-05"]
        assert lines[1][3:7] == ["Surat masuk terjawab", "=Rapat\nkoordinasi", "2.5", "45"]
        assert {len(line[0]) for line in lines} == {18}
        assert (await _send(stage, answer.content, name)).json() == {"accepted": 0, "known": 2}
    part = {"since": "2026-01-05", "until": "2026-01-31", "format": "csv"}
    assert len(rows_of(await stage.client.get(f"{path}/download", params=part, headers=headers))) == 2


async def test_the_same_words_twice_on_a_day_are_two_entries_and_what_was_typed_here_is_one_of_them(
    stage: Stage,
) -> None:
    typed = {"day": "2026-01-05", "text": "Rapat loket", "minutes": 30}
    await stage.post(stage.servant, (await _path(stage)).removeprefix("/v1"), {"entries": [typed]})
    lines = [HEAD, ["2026-01-05", "RAPAT  loket", 60], ["2026-01-05", "Rapat Loket", 90]]
    assert (await _send(stage, csv_of(lines))).json() == {"accepted": 1, "known": 1}
    assert (await _send(stage, csv_of(lines))).json() == {"accepted": 0, "known": 2}


async def test_begin_and_end_say_how_long_it_took(stage: Stage) -> None:
    head = ["Tgl", "Kegiatan", "Jam Mulai", "Jam Selesai", "Keterangan"]
    rows = [["LAPORAN PROGRES HARIAN"], head, [1, 2, 3, 4, 5], ["Senin, 5/1/2026", "Rapat", time(8), time(9, 30), "-"]]
    assert (await _send(stage, xlsx_of(rows), "a.xlsx")).json() == {"accepted": 1, "known": 0}
    assert await _log(stage) == [("2026-01-05", "Rapat", 90)]


async def test_what_is_wrong_is_named_by_sheet_row_and_column_and_nothing_is_taken_in(
    stage: Stage, clock: SetClock
) -> None:
    clock.set(datetime(2026, 1, 20, 3, tzinfo=UTC))
    head = [*HEAD, "NIP", "Rencana Hasil Kerja", "Kuantitas", "Alasan Terlambat"]
    rows = [
        head,
        ["2026-01-20", "Baris yang benar", 60],
        ["31/2/2026", "Rapat", 60],
        ["2026-01-21", "Besok", 60],
        ["2026-01-05", "Terlambat tanpa alasan", 60],
        ["2026-01-20", "ab", "sebentar"],
        ["2026-01-20", "Milik orang lain", 60, "190001010000000000"],
        ["2026-01-20", "Hasil yang tidak ada", 60, "", "Tidak ada"],
        ["2026-01-20", "Ribuan", 60, "", "", "1.000"],
        ["2025-12-31", "Tahun lalu", 60, "", "", "", "Sakit"],
    ]
    answer = await _send(stage, xlsx_of(rows, sheet="Januari", before=["Petunjuk"]), "log.xlsx")
    assert answer.status_code == 422
    told = answer.json()
    assert [(one["line"], one["column"]) for one in told["errors"]] == [
        (3, 1),
        (4, 1),
        (5, 7),
        (6, 2),
        (6, 3),
        (7, 4),
        (8, 5),
        (9, 6),
        (10, 1),
    ]
    assert {(one["file"], one["sheet"]) for one in told["errors"]} == {("log.xlsx", "Januari")}
    assert all(one["wrong"] and one["mend"] for one in told["errors"])
    assert told["total"] == 9
    assert await _log(stage) == []
    assert await emitted_of(stage.database, ActivitiesLogged) == []


async def test_what_is_late_needs_a_reason_and_one_does_for_the_whole_file(stage: Stage, clock: SetClock) -> None:
    clock.set(datetime(2026, 2, 20, 3, tzinfo=UTC))
    refused = await _send(stage, csv_of(LINES))
    assert [(one["line"], one["column"]) for one in refused.json()["errors"]] == [(2, 1), (3, 1)]
    taken = await _send(stage, csv_of(LINES), late_reason="Jaringan kantor putus")
    assert taken.json() == {"accepted": 2, "known": 0}
    clock.set(datetime(2026, 3, 20, 3, tzinfo=UTC))
    assert (await _send(stage, csv_of(LINES))).json() == {"accepted": 0, "known": 2}, "what is known needs none"


@pytest.mark.parametrize(
    ("name", "sent", "line"),
    [
        ("log.csv", csv_of([["Tanggal", "Uraian Kegiatan"], ["2026-01-05", "Rapat"]]), 1),
        ("log.csv", b"\x00\x01\x02", 1),
        ("log.xlsx", b"PK\x03\x04 rusak", 1),
        ("log.xls", b"<html><table><tr><td>Tanggal</td></tr></table>", 1),
        ("log.csv", csv_of([HEAD, *(["2026-01-05", f"Surat {number}", 1] for number in range(2_001))]), 2_002),
    ],
)
async def test_a_file_that_is_no_log_or_too_long_is_refused_with_its_place(
    stage: Stage, name: str, sent: bytes, line: int
) -> None:
    answer = await _send(stage, sent, name)
    assert answer.status_code == 422, answer.text
    assert [(one["file"], one["line"]) for one in answer.json()["errors"]] == [(name, line)]
    assert await _log(stage) == []


async def test_a_file_is_bounded_in_bytes_and_comes_alone(stage: Stage) -> None:
    assert (await _send(stage, b"x" * 1_100_000)).status_code == 413
    headers = stage.client.as_(stage.servant, stage.city)
    two = [("files", ("a.csv", csv_of(LINES))), ("files", ("b.csv", csv_of(LINES)))]
    assert (await stage.client.post(f"{await _path(stage)}/file", files=two, headers=headers)).status_code == 422
    assert (await _send(stage, csv_of(LINES), alasan="x")).status_code == 400


async def test_while_a_file_is_read_no_transaction_is_open(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    from kit.files import apart  # noqa: PLC0415 - what is asked to read a file

    seen, read = list[int](), apart.read_apart

    async def reading(*given: Any) -> Any:
        async with stage.database.engine.connect() as connection:
            open_ones = "select count(*) from pg_stat_activity where state like 'idle in transaction%' and datname = current_database()"
            seen.append((await connection.execute(text(open_ones))).scalar_one())
        return await read(*given)

    monkeypatch.setattr("services.plans.log_files.api.read_apart", reading)
    assert (await _send(stage, csv_of(LINES))).status_code == 201
    assert seen == [0]


async def test_it_is_the_servants_own_and_an_assistants_whom_the_city_has_declared(stage: Stage) -> None:
    for other in (stage.rater, stage.peer, stage.authority, stage.office.office):
        assert (await _send(stage, csv_of(LINES), who=other)).status_code == 403
        headers = stage.client.as_(other, stage.city, *stage.office.roles(other))
        assert (await stage.client.get(f"{await _path(stage)}/download", headers=headers)).status_code == 403
    assisted = Assisted(stage)
    headers = stage.client.as_(assisted.assistant, stage.city) | {"On-Behalf-Of": str(stage.servant)}
    path, files = await _path(stage), {"files": ("log.csv", csv_of(LINES))}
    assert (await stage.client.post(f"{path}/file", files=files, headers=headers)).status_code == 403
    await assisted.declare(stage.servant, date(2026, 1, 2))
    assert (await stage.client.post(f"{path}/file", files=files, headers=headers)).json()["accepted"] == 2
    assert [one.act for one in await emitted_of(stage.database, EnteredOnBehalf)] == [f"POST {path}/file"]
    assert len(rows_of(await stage.client.get(f"{path}/download", headers=headers))) == 3


async def test_a_city_without_a_log_takes_no_file(stage_of: StageOf) -> None:
    here = await stage_of("palembang")
    assert (await _send(here, csv_of(LINES))).status_code == 409
