"""The notify service over HTTP."""

from datetime import timedelta
from uuid import UUID

import pytest

from contracts.base import Phase, Role, new_id
from contracts.obligations import Obligation, ObligationKind
from contracts.plans.obligations import ObligationsOpened
from contracts.plans.plans import PlanReturned
from kit.db import Database
from services.notify.notices.commands.notices import notify
from services.notify.todos.commands import take_opened
from tests.conftest import ClientOf
from tests.support.arriving import arrive
from tests.support.client import Client
from tests.support.clock import SetClock
from tests.support.people import Cycle, Office, open_cycle, people

pytestmark = pytest.mark.connected


@pytest.fixture
async def office(notify_db: Database) -> Office:
    return await people(notify_db)


@pytest.fixture
async def cycle(notify_db: Database, office: Office) -> Cycle:
    return await open_cycle(notify_db, office)


@pytest.fixture
def client(client_of: ClientOf, notify_db: Database) -> Client:
    return client_of("notify", notify_db)


async def returned(database: Database, cycle: Cycle, servant_id: UUID, by: UUID, reason: str = "Target") -> None:
    event = PlanReturned(
        tenant_id=cycle.tenant_id,
        plan_id=new_id(),
        cycle_id=cycle.id,
        servant_id=servant_id,
        returned_by=by,
        reason=reason,
        round=1,
    )
    await arrive(database, event, notify)


async def owed(database: Database, cycle: Cycle, debtor_id: UUID, *days: int) -> None:
    now = database.clock.now()
    items = [
        Obligation(
            id=new_id(),
            kind=ObligationKind.ANSWER_PLAN,
            subject_id=new_id(),
            about_id=next(iter(cycle.appraisals)),
            debtor_id=debtor_id,
            due_at=now + timedelta(days=day),
            opened_at=now,
        )
        for day in days
    ]
    event = ObligationsOpened(tenant_id=cycle.tenant_id, cycle_id=cycle.id, phase=Phase.PLANNING, items=items)
    await arrive(database, event, take_opened)


async def test_the_inbox_is_ones_own_and_comes_newest_first_in_pages(
    client: Client, notify_db: Database, office: Office, cycle: Cycle
) -> None:
    ani, budi = office.staff[:2]
    for number in range(3):
        await returned(notify_db, cycle, ani, office.section_head, f"Alasan {number}")
    await returned(notify_db, cycle, budi, office.section_head)
    headers = client.as_(ani, office.tenant_id)
    first = (await client.get("/v1/inbox?limit=2", headers=headers)).json()
    rest = (await client.get(f"/v1/inbox?limit=2&cursor={first['next']}", headers=headers)).json()
    reasons = [item["body"].rsplit(" ", 1)[-1] for item in first["items"] + rest["items"]]
    assert reasons == ["2", "1", "0"]
    assert (first["unread"], rest["next"]) == (3, None)


async def test_a_notice_is_marked_as_read_once_and_only_by_whom_it_is_for(
    client: Client, notify_db: Database, office: Office, cycle: Cycle, clock: SetClock
) -> None:
    ani, budi = office.staff[:2]
    await returned(notify_db, cycle, ani, office.section_head)
    headers = client.as_(ani, office.tenant_id)
    (notice,) = (await client.get("/v1/inbox", headers=headers)).json()["items"]
    path = f"/v1/inbox/{notice['id']}/read"
    stranger = await client.post(path, headers=client.as_(budi, office.tenant_id))
    assert (stranger.status_code, stranger.json()["type"]) == (404, "https://kinerja.id/problems/not-found")
    first = (await client.post(path, headers=headers)).json()["read_at"]
    clock.advance(days=1)
    assert (await client.post(path, headers=headers)).json()["read_at"] == first
    assert (await client.get("/v1/inbox?unread=true", headers=headers)).json()["items"] == []
    assert (await client.post("/v1/inbox/read-all", headers=headers)).json() == {"read": 0}


async def test_everything_unread_is_marked_at_once(
    client: Client, notify_db: Database, office: Office, cycle: Cycle
) -> None:
    ani, budi = office.staff[:2]
    for person in (ani, ani, budi):
        await returned(notify_db, cycle, person, office.section_head)
    answer = await client.post("/v1/inbox/read-all", headers=client.as_(ani, office.tenant_id))
    assert answer.json() == {"read": 2}
    assert (await client.get("/v1/inbox", headers=client.as_(budi, office.tenant_id))).json()["unread"] == 1


async def test_the_to_do_list_is_in_the_readers_words_the_most_urgent_first(
    client: Client, notify_db: Database, office: Office, cycle: Cycle, clock: SetClock
) -> None:
    await owed(notify_db, cycle, office.section_head, 9, 1, 5)
    await owed(notify_db, cycle, office.head, 2)
    clock.advance(days=2)
    headers = client.as_(office.section_head, office.tenant_id)
    first = (await client.get("/v1/todo?limit=2", headers=headers)).json()
    rest = (await client.get(f"/v1/todo?limit=2&cursor={first['next']}", headers=headers)).json()
    items = first["items"] + rest["items"]
    assert [item["overdue"] for item in items] == [True, False, False]
    assert {item["what"] for item in items} == {"Answer a proposed performance plan"}
    assert {item["about"] for item in items} == {"Pegawai 00"}
    indonesian = (await client.get("/v1/todo", headers=headers | {"Accept-Language": "id"})).json()
    assert indonesian["items"][0]["what"] == "Jawab usulan rencana kinerja"


@pytest.mark.parametrize("path", ["/v1/obligations", "/v1/deliveries", "/v1/cycles/{cycle}/summary"])
async def test_only_the_performance_office_sees_the_whole_city(
    client: Client, office: Office, cycle: Cycle, path: str
) -> None:
    allowed = client.as_(office.office, office.tenant_id, Role.PERFORMANCE_OFFICE)
    target = path.format(cycle=cycle.id)
    assert (await client.get(target, headers=allowed)).status_code == 200
    refused = await client.get(target, headers=client.as_(office.sekda, office.tenant_id))
    assert (refused.status_code, refused.headers["content-type"]) == (403, "application/problem+json")
    assert (await client.get(target)).status_code == 401


async def test_the_numbers_of_a_cycle_that_is_not_here_are_not_zero_but_missing(client: Client, office: Office) -> None:
    headers = client.as_(office.office, office.tenant_id, Role.PERFORMANCE_OFFICE)
    assert (await client.get(f"/v1/cycles/{UUID(int=1)}/summary", headers=headers)).status_code == 404


async def test_the_feed_goes_on_where_the_reader_stopped(
    client: Client, notify_db: Database, office: Office, cycle: Cycle
) -> None:
    await owed(notify_db, cycle, office.section_head, 1, 2, 3)
    headers = client.as_(office.office, office.tenant_id, Role.PERFORMANCE_OFFICE)
    first = (await client.get("/v1/obligations?limit=2", headers=headers)).json()
    rest = (await client.get(f"/v1/obligations?cursor={first['next']}", headers=headers)).json()
    assert [item["state"] for item in first["items"] + rest["items"]] == ["OPEN"] * 3
    assert (await client.get(f"/v1/obligations?cursor={rest['resume']}", headers=headers)).json() == {
        "items": [],
        "next": None,
        "resume": rest["resume"],
    }


async def test_another_city_sees_nothing_of_it(
    client: Client, notify_db: Database, office: Office, cycle: Cycle
) -> None:
    await returned(notify_db, cycle, office.staff[0], office.section_head)
    await owed(notify_db, cycle, office.staff[0], 1)
    here = client.as_(office.office, office.tenant_id, Role.PERFORMANCE_OFFICE)
    there = client.as_(office.office, "14.72", Role.PERFORMANCE_OFFICE)
    for path in ("/v1/obligations", "/v1/deliveries"):
        assert (await client.get(path, headers=here)).json()["items"]
        assert (await client.get(path, headers=there)).status_code == 403, "nobody there knows this officer"


async def test_a_cycle_is_summed_up(client: Client, notify_db: Database, office: Office, cycle: Cycle) -> None:
    await returned(notify_db, cycle, office.staff[0], office.section_head)
    await owed(notify_db, cycle, office.section_head, 1, 2)
    headers = client.as_(office.office, office.tenant_id, Role.PERFORMANCE_OFFICE)
    assert (await client.get(f"/v1/cycles/{cycle.id}/summary", headers=headers)).json() == {
        "notices": 1,
        "mails_sent": 0,
        "mails_failed": 0,
        "mails_waiting": 1,
        "reminders": 0,
        "escalations": 0,
        "hand_overs": 0,
        "open": 2,
        "closed": 0,
        "lapsed": 0,
        "late": 0,
    }
    (mail,) = (await client.get("/v1/deliveries?channel=EMAIL&state=PENDING", headers=headers)).json()["items"]
    assert (mail["person_id"], mail["template"]) == (str(office.staff[0]), "plan_returned")
    assert mail["subject"]
    for person, found in ((office.staff[0], [mail["id"]]), (office.staff[1], [])):
        path = f"/v1/deliveries?channel=EMAIL&person_id={person}"
        assert [one["id"] for one in (await client.get(path, headers=headers)).json()["items"]] == found


async def test_the_service_says_that_it_is_well(client: Client) -> None:
    assert (await client.get("/health/live")).json() == {"status": "live"}
    assert (await client.get("/health/ready")).json() == {"status": "ready"}
    assert (await client.get("/metrics")).status_code == 404  # on a port of its own
