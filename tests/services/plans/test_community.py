"""What the community answered comes in as files and is evidence of units, people and indicators; no citizen is kept."""

from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text

from contracts.base import Phase
from contracts.plans.community import CommunityResponsesRecorded, CommunityTarget
from tests.services.plans.conftest import StageOf
from tests.services.plans.stage import Stage
from tests.support.emitted import emitted_of
from tests.support.tables import Lines, csv_of, xlsx_of

pytestmark = pytest.mark.connected

HEAD = ["No", "Nama Warga", "Jenis", "Judul", "Rujukan", "Jumlah", "Tanggal", "Kode Unit", "NIP", "Indikator"]
CITIZEN = "Zubaidah binti Karim"


@pytest.fixture
async def stage(stage_of: StageOf) -> Stage:
    """Palembang, where impact on the community is rated; the servant's plan is set."""
    here = await stage_of("palembang")
    await here.made_set()
    return here


async def _nip(stage: Stage, person: UUID) -> str:
    async with stage.database.transaction(stage.city) as session:
        found = await session.execute(text("select nip from directory_people where id = :id"), {"id": person})
        return str(found.scalar_one())


async def _code(stage: Stage) -> str:
    async with stage.database.transaction(stage.city) as session:
        found = await session.execute(
            text("select code from directory_units where id = :id"), {"id": stage.office.unit_id}
        )
        return str(found.scalar_one())


async def _lines(stage: Stage) -> list[list[Any]]:
    nip, code = await _nip(stage, stage.servant), await _code(stage)
    return [
        ["REKAP TANGGAPAN MASYARAKAT", *[""] * 9],
        HEAD,
        [1, CITIZEN, "Survei", "Kepuasan loket", "SKM-3/2026", 214, "20/3/2026", code, "", ""],
        [2, CITIZEN, "pengaduan", "Antrean lama", "Buku loket", 3, "1 Maret 2026", "", nip, ""],
        [3, "Budi", "Pengaduan", "Antrean lama", "Buku loket", 2, "2 Maret 2026", "", nip, ""],
        [4, "Siti", "Surat", "Terima kasih", "Agenda 45", "", "", "", nip, "surat yang  DIJAWAB"],
    ]


async def _send(stage: Stage, content: bytes, name: str = "rekap.csv", who: UUID | None = None) -> httpx.Response:
    person = who or stage.office.office
    headers = stage.client.as_(person, stage.city, *stage.office.roles(person))
    path = f"/v1/cycles/{stage.cycle.id}/community-responses"
    return await stage.client.post(path, files={"files": (name, content)}, headers=headers)


async def _read(stage: Stage, who: UUID, **query: str) -> list[tuple[str, str, int, str | None]]:
    answer = await stage.get(who, f"/cycles/{stage.cycle.id}/community-responses", **query)
    return sorted(
        (one["target"], one["evidence"]["kind"], one["evidence"]["count"], one["evidence"]["on"])
        for one in answer.json()["items"]
    )


ALL = [
    ("INDICATOR", "LETTERS", 1, None),
    ("PERSON", "COMPLAINTS", 5, "2026-03-02"),
    ("UNIT", "SURVEY", 214, "2026-03-20"),
]


async def test_a_file_is_evidence_once_however_often_it_comes(stage: Stage) -> None:
    lines = await _lines(stage)
    first = await _send(stage, csv_of(lines, separator=";"))
    assert (first.status_code, first.json()) == (201, {"accepted": 3, "changed": 0, "known": 0})
    assert (await _send(stage, csv_of(lines, separator=";"))).json() == {"accepted": 0, "changed": 0, "known": 3}
    as_workbook = await _send(stage, xlsx_of(lines, before=["Petunjuk"]), "rekap.xlsx")
    assert as_workbook.json() == {"accepted": 0, "changed": 0, "known": 3}
    assert await _read(stage, stage.office.office) == ALL
    [event] = await emitted_of(stage.database, CommunityResponsesRecorded)
    assert {one.target for one in event.counts} == set(CommunityTarget)
    assert len(event.sha256) == 64


async def test_a_newer_count_takes_the_place_of_the_one_before(stage: Stage) -> None:
    lines = await _lines(stage)
    await _send(stage, csv_of(lines))
    lines[2][5] = 230
    assert (await _send(stage, csv_of(lines))).json() == {"accepted": 0, "changed": 1, "known": 2}
    assert ("UNIT", "SURVEY", 230, "2026-03-20") in await _read(stage, stage.office.office)


async def test_no_citizen_is_kept_anywhere(stage: Stage) -> None:
    await _send(stage, xlsx_of(await _lines(stage)), f"laporan {CITIZEN}.xlsx")
    async with stage.database.transaction(stage.city) as session:
        tables = ("community_files", "community_responses")
        for table in tables:
            rows = (await session.execute(text(f"select to_jsonb(one)::text from {table} one"))).scalars().all()  # noqa: S608 - of the two above
            assert rows
            assert not [row for row in rows if CITIZEN in row or "Budi" in row]
    for event in await emitted_of(stage.database, CommunityResponsesRecorded):
        assert CITIZEN not in event.model_dump_json()


async def test_it_stands_beside_the_plan_and_may_be_pointed_to_in_a_report(stage: Stage) -> None:
    await _send(stage, csv_of(await _lines(stage)))
    plan_id = (await stage.plan()).id
    for person in (stage.servant, stage.rater, stage.authority):
        shown = (await stage.get(person, f"/plans/{plan_id}")).json()["community"]
        assert {one["target"] for one in shown} == {"UNIT", "PERSON", "INDICATOR"}
    await stage.open(Phase.EXECUTION)
    report = (await stage.reports(plan_id))[0].id
    [asked] = (await stage.get(stage.servant, f"/reports/{report}")).json()["indicators"]
    [letters] = [one["evidence"] for one in shown if one["subject_id"] == asked["id"]]
    figure = {"indicator_id": asked["id"], "actual": "38", "evidence": [letters]}
    answer = await stage.post(stage.servant, f"/reports/{report}", {"actuals": [figure]})
    assert answer.json()["indicators"][0]["evidence"] == [letters]


async def test_of_people_it_is_read_by_whoever_reads_their_plans_and_of_units_by_everybody(stage: Stage) -> None:
    await _send(stage, csv_of(await _lines(stage)))
    for person in (stage.servant, stage.rater, stage.authority, stage.office.office):
        assert await _read(stage, person) == ALL
    assert await _read(stage, stage.peer) == [ALL[2]]
    assert await _read(stage, stage.rater, servant_id=str(stage.servant)) == ALL[:2]
    assert await _read(stage, stage.peer, servant_id=str(stage.servant)) == []
    assert await _read(stage, stage.peer, unit_id=str(stage.office.unit_id)) == [ALL[2]]


async def test_what_is_wrong_is_named_by_sheet_row_and_column_and_nothing_is_taken_in(stage: Stage) -> None:
    nip, code = await _nip(stage, stage.servant), await _code(stage)
    lines = [
        HEAD,
        [1, "", "Survei", "Benar", "SKM-1", 10, "", code, "", ""],
        [2, "", "rumor", "Judul", "A", 1, "", code, "", ""],
        [3, "", "Survei", "", "A", "banyak", "", code, "", ""],
        [4, "", "Survei", "Judul", "Hubungi 081234567890", 1, "31/2/2026", code, "", ""],
        [5, "", "Survei", "Judul", "A", 1, "", "99.99", "", ""],
        [6, "", "Survei", "Judul", "A", 1, "", "", "190001010000000000", ""],
        [7, "", "Survei", "Judul", "A", 1, "", "", nip, "Tidak ada"],
        [8, "", "Survei", "Judul", "A", 1, "", code, nip, ""],
        [9, "", "Survei", "Judul", "A", 1, "", code, "", "Surat yang dijawab"],
    ]
    answer = await _send(stage, xlsx_of(lines, sheet="Maret"), "rekap.xlsx")
    assert answer.status_code == 422
    told = answer.json()["errors"]
    assert [(one["line"], one["column"]) for one in told] == [
        (3, 3),
        (4, 4),
        (4, 6),
        (5, 5),
        (5, 7),
        (6, 8),
        (7, 9),
        (8, 10),
        (9, 9),
        (10, 10),
    ]
    assert {(one["file"], one["sheet"]) for one in told} == {("rekap.xlsx", "Maret")}
    assert all(one["wrong"] and one["mend"] for one in told)
    assert await _read(stage, stage.office.office) == []
    assert await emitted_of(stage.database, CommunityResponsesRecorded) == []


async def test_an_officer_records_nothing_about_herself_and_nobody_else_records_anything(stage: Stage) -> None:
    nip, lines = await _nip(stage, stage.office.office), await _lines(stage)
    own: Lines = [*lines, [5, "", "Surat", "Pujian", "Agenda 9", 1, "", "", nip, ""]]
    refused = await _send(stage, csv_of(own))
    assert [(one["line"], one["column"]) for one in refused.json()["errors"]] == [(7, 9)]
    assert "conflict of interest" in refused.text
    assert await _read(stage, stage.office.office) == []
    for person in (stage.servant, stage.rater, stage.peer, stage.office.panel[0]):
        assert (await _send(stage, b"PK\x03\x04 never read", "x.xlsx", who=person)).status_code == 403


async def test_it_is_taken_in_until_the_evaluation_is_over(stage: Stage) -> None:
    await stage.open(Phase.EVALUATION)
    lines = await _lines(stage)
    assert (await _send(stage, csv_of(lines))).status_code == 201
    await stage.open(Phase.MODERATION)
    lines[2][5] = 250
    assert (await _send(stage, csv_of(lines))).status_code == 409


async def test_a_file_of_more_lines_than_any_office_has_is_refused_with_its_place(stage: Stage) -> None:
    code = await _code(stage)
    lines = [HEAD, *([number, "", "Surat", "S", "A", 1, "", code, "", ""] for number in range(5_001))]
    answer = await _send(stage, csv_of(lines))
    assert (answer.status_code, answer.json()["errors"][0]["line"]) == (422, 5_002)
