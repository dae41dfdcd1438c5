"""Who is late and what was sent, as files: for the office alone, whole, and with nothing that a spreadsheet would compute."""

import csv
import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from contracts.base import Role
from contracts.obligations import ObligationKind
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.notify.arriving import owes, tell_one
from tests.support.clock import SetClock
from tests.support.people import open_cycle, people

pytestmark = pytest.mark.connected


async def test_everybody_who_is_late_is_in_the_file_and_no_name_is_a_formula(
    notify_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    office, client = await people(notify_db), client_of("notify", notify_db)
    cycle = await open_cycle(notify_db, office)
    for servant in office.staff:
        await owes(notify_db, office, cycle, servant)
    await owes(notify_db, office, cycle, office.head, kind=ObligationKind.ASSESS_PEER, about=office.staff[0])
    async with notify_db.transaction(office.tenant_id) as session:
        naming = "update directory_people set name = :name where id = :id"
        await session.execute(text(naming), {"name": "=1+1 Ani", "id": office.staff[0]})
    clock.advance(seconds=timedelta(days=11).total_seconds())
    headers = client.as_(office.office, office.tenant_id, Role.PERFORMANCE_OFFICE) | {"Accept-Language": "id"}
    path = f"/v1/cycles/{cycle.id}/owed/download"
    answer = await client.get(path, headers=headers)
    assert answer.headers["content-type"].startswith("text/csv")
    header, *lines = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert header[0] == "Nama"
    assert len(lines) == len(office.staff)  # whom a colleague is to assess unnamed stands in no list
    assert "'=1+1 Ani" in {line[0] for line in lines}
    workbook = await client.get(path, headers=headers, params={"format": "xlsx"})
    rows = list(load_workbook(io.BytesIO(workbook.content)).worksheets[0].values)
    assert (len(rows), "=1+1 Ani" in {row[0] for row in rows}) == (len(office.staff) + 1, True)
    for other in (office.staff[0], office.head, office.panel[0]):
        assert (await client.get(path, headers=client.as_(other, office.tenant_id))).status_code == 403
    assert (await client.get(path, headers=headers, params={"format": "ods"})).status_code == 422


async def test_the_delivery_log_is_a_file_of_the_office(notify_db: Database, client_of: ClientOf) -> None:
    office, client = await people(notify_db), client_of("notify", notify_db)
    for servant in office.staff[:2]:
        await tell_one(notify_db, office, servant)
    headers = client.as_(office.office, office.tenant_id, Role.PERFORMANCE_OFFICE) | {"Accept-Language": "en"}
    answer = await client.get("/v1/deliveries/download", headers=headers, params={"channel": "EMAIL"})
    header, *lines = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert header[:3] == ["Written at", "Name", "Notice"]
    assert len(lines) == 2
    assert all(line[1].startswith("Pegawai") and "@" in line[4] for line in lines)
    assert {line[3] for line in lines} == {"EMAIL"}
    other = client.as_(office.head, office.tenant_id)
    assert (await client.get("/v1/deliveries/download", headers=other)).status_code == 403
