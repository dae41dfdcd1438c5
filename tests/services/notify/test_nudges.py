"""Those above remind a person of what is owed, once a day; the office has a mail sent once more."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from contracts.base import Role
from contracts.notify.nudges import DeliveryResent, Nudged
from contracts.obligations import ObligationKind
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.notify.arriving import owes, tell_one
from tests.support.client import Client
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of
from tests.support.people import Office, open_cycle, people

pytestmark = pytest.mark.connected


@pytest.fixture
async def office(notify_db: Database) -> Office:
    return await people(notify_db)


@pytest.fixture
def client(client_of: ClientOf, notify_db: Database) -> Client:
    return client_of("notify", notify_db)


async def test_each_of_those_above_and_the_office_reminds_but_only_once_a_day_in_all(
    notify_db: Database, office: Office, client: Client, clock: SetClock
) -> None:
    ani = office.staff[0]
    one = await owes(notify_db, office, await open_cycle(notify_db, office), ani)
    path = f"/v1/obligations/{one}/nudge"
    for stranger in (ani, office.staff[1], office.panel[0]):
        answer = await client.post(path, json={}, headers=client.as_(stranger, office.tenant_id))
        assert answer.status_code == 403, answer.text
    said = {"note": "Mohon hari ini, besok rapat"}
    first = await client.post(path, json=said, headers=client.as_(office.head, office.tenant_id))
    assert (first.status_code, first.json()["nudged_by"]) == (200, str(office.head))
    for other in (office.head, office.section_head, office.office):
        again = await client.post(path, json={}, headers=client.as_(other, office.tenant_id, *office.roles(other)))
        assert (again.status_code, "once a day" in again.json()["detail"]) == (409, True)
    inbox = (await client.get("/v1/inbox", headers=client.as_(ani, office.tenant_id))).json()["items"]
    assert [(one["template"], said["note"] in one["body"]) for one in inbox] == [("nudged", True)]
    clock.advance(seconds=timedelta(days=1).total_seconds())
    assert (
        await client.post(path, json={}, headers=client.as_(office.section_head, office.tenant_id))
    ).status_code == 200
    assert len(await emitted_of(notify_db, Nudged)) == 2


async def test_what_is_done_or_owed_by_an_unnamed_colleague_is_nobodys_to_remind_of(
    notify_db: Database, office: Office, client: Client
) -> None:
    cycle, ani = await open_cycle(notify_db, office), office.staff[0]
    unnamed = await owes(notify_db, office, cycle, ani, kind=ObligationKind.ASSESS_PEER, about=office.staff[1])
    done = await owes(notify_db, office, cycle, ani)
    async with notify_db.transaction(office.tenant_id) as session:
        await session.execute(text("update todos set state = 'DONE' where id = :id"), {"id": done})
    headers = client.as_(office.office, office.tenant_id, Role.PERFORMANCE_OFFICE)
    assert (await client.post(f"/v1/obligations/{unnamed}/nudge", json={}, headers=headers)).status_code == 404
    assert (await client.post(f"/v1/obligations/{done}/nudge", json={}, headers=headers)).status_code == 409
    assert await emitted_of(notify_db, Nudged) == []


async def test_a_mail_that_failed_is_sent_once_more_to_the_address_of_today(
    notify_db: Database, office: Office, client: Client
) -> None:
    ani = office.staff[0]
    await tell_one(notify_db, office, ani)
    headers = client.as_(office.office, office.tenant_id, Role.PERFORMANCE_OFFICE)
    [mail] = (await client.get("/v1/deliveries?channel=EMAIL", headers=headers)).json()["items"]
    async with notify_db.transaction(office.tenant_id) as session:
        failed = "update deliveries set state = 'FAILED', attempts = 8, error = 'no such user', next_at = null"
        await session.execute(text(f"{failed} where id = :id"), {"id": mail["id"]})
        await session.execute(
            text("update directory_people set email = 'ani@baru.example' where id = :id"), {"id": ani}
        )
    path = f"/v1/deliveries/{mail['id']}/resend"
    assert (await client.post(path, headers=client.as_(ani, office.tenant_id))).status_code == 403
    for _ in range(2):
        sent = (await client.post(path, headers=headers)).json()
        assert (sent["state"], sent["attempts"], sent["address"], sent["error"]) == (
            "PENDING",
            0,
            "ani@baru.example",
            None,
        )
    assert len(await emitted_of(notify_db, DeliveryResent)) == 1
    [inbox] = (await client.get("/v1/deliveries?channel=INBOX", headers=headers)).json()["items"]
    assert (await client.post(f"/v1/deliveries/{inbox['id']}/resend", headers=headers)).status_code == 409
    async with notify_db.transaction(office.tenant_id) as session:
        await session.execute(text("update directory_people set email = '' where id = :id"), {"id": ani})
    refused = await client.post(path, headers=headers)
    assert (refused.status_code, "inbox" in refused.json()["detail"]) == (409, True)
