"""Batches of final results for the national application: made, read, answered by hand, and never twice."""

import asyncio
import csv
import hashlib
import io
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from contracts.base import Predicate, Rating, Role
from contracts.evaluation.exports import ExportRowsSettled, ResultsExported
from kit.db import Database
from tests.conftest import ClientOf, SettingsOf
from tests.services.evaluation.nation import concluded, rows
from tests.services.evaluation.scene import Scene
from tests.support.client import Client, api_of
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of
from tests.support.issuer import Issuer

pytestmark = pytest.mark.connected
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
async def here(evaluation_db: Database, client_of: ClientOf, clock: SetClock) -> Scene:
    """Two results are final, that of a third person is not."""
    return await concluded(evaluation_db, client_of, clock)


async def _made(here: Scene, *, status: int = 201) -> Any:
    return await here.post(here.office.office, f"/cycles/{here.cycle_id}/national-batches", status=status)


async def _file(here: Scene, batch: Any, form: str) -> bytes:
    headers = here.client.as_(here.office.office, here.tenant_id, Role.PERFORMANCE_OFFICE)
    path = f"/v1/national-batches/{batch['id']}/download"
    answer = await here.client.get(path, params={"format": form}, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.content


async def _answered(here: Scene, batch: Any, name: str, content: bytes, *, status: int = 200) -> Any:
    headers = here.client.as_(here.office.office, here.tenant_id, Role.PERFORMANCE_OFFICE)
    path = f"/v1/national-batches/{batch['id']}/answers"
    answer = await here.client.post(path, files={"files": (name, content)}, headers=headers)
    assert answer.status_code == status, answer.text
    return answer.json()


def _table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def _csv(lines: list[dict[str, str]]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, lines[0])
    writer.writeheader()
    writer.writerows(lines)
    return out.getvalue().encode()


async def test_a_batch_has_a_manifest_its_rows_and_what_was_held_back(here: Scene) -> None:
    """PermenPANRB 6/2022 art. 35; the sum is that of its rows, as anybody makes it again."""
    made = await _made(here)
    assert (made["results"], made["rows"], made["held"], made["earlier"]) == (2, 2, 1, 0)
    assert (made["made_by"], made["cycle_id"]) == (str(here.office.office), str(here.cycle_id))
    assert made["states"] == {"exported": 2, "confirmed": 0, "rejected": 0, "sending": 0}
    found = await rows(here, made["id"])
    lines = [json.dumps(one["record"], sort_keys=True, separators=(",", ":"), ensure_ascii=False) for one in found]
    assert made["sha256"] == hashlib.sha256("".join(f"{one}\n" for one in lines).encode()).hexdigest()
    held = await here.get(here.office.office, f"/national-batches/{made['id']}/held")
    assert [one["reason"] for one in held["items"]] == ["NOT_FINAL"]
    [told] = await emitted_of(here.database, ResultsExported)
    assert (told.rows, told.held, told.sha256) == (2, {"NOT_FINAL": 1}, made["sha256"])
    listed = await here.get(here.office.office, f"/cycles/{here.cycle_id}/national-batches")
    assert listed["items"] == [made]
    assert await here.get(here.office.office, f"/national-batches/{made['id']}") == made


async def test_what_a_batch_would_take_is_told_and_nothing_is_made(here: Scene) -> None:
    path = f"/cycles/{here.cycle_id}/national-batches"
    seen = await here.get(here.office.office, f"{path}/preview")
    assert seen == {"results": 2, "rows": 2, "earlier": 0, "held": {"NOT_FINAL": 1}}
    assert (await here.get(here.office.office, path))["items"] == []
    assert await emitted_of(here.database, ResultsExported) == []
    made = await _made(here)
    assert {name: made[name] for name in ("results", "rows", "earlier")} == {"results": 2, "rows": 2, "earlier": 0}
    assert (await here.get(here.office.office, f"{path}/preview"))["earlier"] == 2
    await here.get(here.ani, f"{path}/preview", status=403)


async def test_what_is_in_a_batch_is_in_no_other_even_if_two_are_made_at_once(here: Scene) -> None:
    headers = here.client.as_(here.office.office, here.tenant_id, Role.PERFORMANCE_OFFICE)
    path = f"/v1/cycles/{here.cycle_id}/national-batches"
    answers = await asyncio.gather(*(here.client.post(path, headers=headers) for _ in range(4)))
    assert sorted(one.status_code for one in answers) == [201, 409, 409, 409]
    refused = next(one.json() for one in answers if one.status_code == 409)
    assert (refused["earlier"], refused["held"]) == (2, {"NOT_FINAL": 1})
    assert len(await emitted_of(here.database, ResultsExported)) == 1


async def test_a_number_that_is_none_holds_a_result_back(here: Scene) -> None:
    async with here.database.transaction(here.tenant_id) as session:
        await session.execute(
            text("update directory_people set nip = '199001012015011000' where id = :id"), {"id": here.ani}
        )
    made = await _made(here)
    held = await here.get(here.office.office, f"/national-batches/{made['id']}/held")
    assert sorted(one["reason"] for one in held["items"]) == ["NIP_INVALID", "NOT_FINAL"]
    assert (made["rows"], made["held"]) == (1, 2)


async def test_the_office_brings_the_answers_by_hand_and_what_was_rejected_goes_again(here: Scene) -> None:
    """The file that was downloaded comes back with a status on each line, as CSV or as XLSX."""
    made = await _made(here)
    lines = _table(await _file(here, made, "csv"))
    assert [one["nip"] for one in lines] == [one["record"]["nip"] for one in await rows(here, made["id"])]
    lines[0] |= {"status": "DITERIMA", "nomor": "S-1"}
    lines[1] |= {"status": "ditolak", "alasan": "Penilai tidak sesuai"}
    taken = await _answered(here, made, "jawaban.csv", _csv(lines))
    assert (taken["confirmed"], taken["rejected"], taken["known"]) == (1, 1, 0)
    assert taken["batch"]["states"] == {"exported": 0, "confirmed": 1, "rejected": 1, "sending": 0}
    found = await rows(here, made["id"])
    assert [(one["state"], one["code"], one["reason"], one["number"], one["settled_by"]) for one in found] == [
        ("CONFIRMED", None, None, "S-1", "FILE"),
        ("REJECTED", "REFUSED", "Penilai tidak sesuai", None, "FILE"),
    ]
    [told] = await emitted_of(here.database, ExportRowsSettled)
    assert (len(told.rows), told.open) == (2, 0)
    assert "Penilai" not in told.model_dump_json()
    again = await _made(here)
    assert (again["rows"], again["earlier"]) == (1, 1)
    [row] = await rows(here, again["id"])
    assert row["result_id"] == found[1]["result_id"]
    assert row["id"] != found[1]["id"]


async def test_a_workbook_is_taken_as_well_and_the_same_file_again_changes_nothing(here: Scene) -> None:
    made = await _made(here)
    book = load_workbook(io.BytesIO(await _file(here, made, "xlsx")))
    head, *body = book.worksheets[0].iter_rows()
    names = [cell.value for cell in head]
    status, nip = names.index("status"), names.index("nip")
    for cells in body:
        cells[status].value = "BERHASIL"
    assert {cells[nip].data_type for cells in body} == {"s"}
    out = io.BytesIO()
    book.save(out)
    taken = await _answered(here, made, "jawaban.xlsx", out.getvalue())
    assert (taken["confirmed"], taken["known"]) == (2, 0)
    again = await _answered(here, made, "jawaban.xlsx", out.getvalue())
    assert (again["confirmed"], again["known"]) == (0, 2)
    assert len(await emitted_of(here.database, ExportRowsSettled)) == 1


async def test_a_file_that_is_wrong_in_one_line_changes_nothing(here: Scene) -> None:
    made = await _made(here)
    lines = [one | {"status": "DITERIMA"} for one in _table(await _file(here, made, "csv"))]
    strange = [lines[0], lines[1] | {"nip": "199001012015011001"}]
    told = await _answered(here, made, "jawaban.csv", _csv(strange), status=422)
    assert [one["where"] for one in told["errors"]] == ["jawaban.csv:3:3"]
    assert {one["state"] for one in await rows(here, made["id"])} == {"EXPORTED"}
    await _answered(here, made, "jawaban.csv", _csv(lines))
    other = [lines[0] | {"status": "DITOLAK", "alasan": "keliru"}, lines[1]]
    told = await _answered(here, made, "jawaban.csv", _csv(other), status=422)
    assert "CONFIRMED already" in told["errors"][0]["detail"]
    for name, content in (("jawaban.xlsx", b"PK\x03\x04 kosong"), ("jawaban.csv", b"")):
        assert (await _answered(here, made, name, content, status=422))["total"] >= 1


async def test_a_newer_version_goes_in_a_later_batch_and_a_batch_stays_as_it_was(here: Scene) -> None:
    made = await _made(here)
    before = await rows(here, made["id"])
    [first] = await here.results(here.ani)
    await here.objected(here.ani, first["id"])
    await here.decided(here.ani, first["id"], result_rating=Rating.ABOVE)
    again = await _made(here)
    [row] = await rows(here, again["id"])
    assert (row["version"], row["record"]["hasilKinerjaNilai"], again["earlier"]) == (2, 1, 1)
    assert await rows(here, made["id"]) == before
    assert (await here.results(here.ani))[1]["predicate"] == Predicate.GOOD


@pytest.mark.parametrize(
    "statement",
    [
        "update national_rows set record = '{}'",
        "update national_batches set sha256 = ''",
        "update national_holds set reason = 'NO_NIP'",
        "delete from national_rows",
        "delete from national_batches",
        "delete from national_holds",
    ],
)
async def test_the_database_lets_nobody_change_a_batch(here: Scene, statement: str) -> None:
    await _made(here)
    with pytest.raises(ProgrammingError, match="permission denied"):
        async with here.database.transaction(here.tenant_id) as session:
            await session.execute(text(statement))


@pytest.fixture
async def unreachable(settings_of: SettingsOf, here: Scene, issuer: Issuer) -> AsyncIterator[Client]:
    """The service of a city that has no access to the gateway."""
    settings = settings_of(here.database).model_copy(update={"national_gateways": ""})
    async with Client(api_of("evaluation", settings, here.database), issuer) as client:
        yield client


async def test_nothing_is_sent_unless_access_is_given(here: Scene, unreachable: Client) -> None:
    made = await _made(here)
    headers = unreachable.as_(here.office.office, here.tenant_id, Role.PERFORMANCE_OFFICE)
    refused = await unreachable.post(f"/v1/national-batches/{made['id']}/sending", headers=headers)
    assert refused.status_code == 409
    assert "KINERJA_NATIONAL_GATEWAYS" in refused.json()["detail"]
    sent = await here.post(here.office.office, f"/national-batches/{made['id']}/sending")
    assert sent["states"]["sending"] == 2
    assert (await here.post(here.office.office, f"/national-batches/{made['id']}/sending")) == sent
