"""Webhooks on a real database and to receivers that really listen."""

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from contracts.base import Role, new_id
from contracts.integrations.endpoints import EndpointDisabled, EndpointRegistered, GivenUp
from kit import traceparent
from kit.settings import Settings
from services.integrations.deliveries.rules.retries import ATTEMPTS
from services.integrations.outgoing import Outgoing
from services.integrations.sender import Sender
from tests.services.integrations.conftest import CITY, SCOPES, Machine
from tests.services.integrations.machines import admit
from tests.services.integrations.published import finalised, heard, publish
from tests.services.integrations.receivers import FINAL, SUPERSEDED, forward, happen, receiver, settled, until
from tests.support.emitted import emitted_of
from tests.support.read_only import read_only

pytestmark = pytest.mark.connected


async def test_what_happens_arrives_signed_and_only_what_was_asked_for(
    machine: Machine, sender: Sender, connection: asyncpg.Connection
) -> None:
    async with receiver() as there:
        await happen(machine.database, CITY, 2)  # before anybody asked
        endpoint = await machine.endpoint(there.url, types=[FINAL])
        told = await happen(machine.database, CITY, 3)
        await happen(machine.database, CITY, 2, type_=SUPERSEDED)
        await settled(sender, connection)
        assert sorted(one.id for one in there.got) == sorted(map(str, told))
        for one in there.got:
            Webhook(endpoint["secret"]).verify(one.body, one.headers)
            assert json.loads(one.body)["id"] == one.id
            assert one.headers["content-type"].startswith("application/cloudevents+json")
            assert "webhook-replay" not in one.headers


async def test_the_order_of_a_subject_holds_while_its_first_message_fails(
    machine: Machine, sender: Sender, connection: asyncpg.Connection
) -> None:
    async with receiver(answer="500 Internal Server Error") as there:
        await machine.endpoint(there.url)
        told = await happen(machine.database, CITY, 3, subject="one plan")
        await settled(sender, connection)
        assert [one.id for one in there.got] == [str(told[0])]
        there.answer = "200 OK"
        await forward(connection)
        await settled(sender, connection)
        assert [one.id for one in there.got] == [str(told[0]), *map(str, told)]


async def test_a_receiver_that_was_away_loses_nothing_and_takes_nothing_twice(
    machine: Machine, sender: Sender, connection: asyncpg.Connection
) -> None:
    async with receiver() as there:
        await machine.endpoint(there.url)
        first = await happen(machine.database, CITY, 5)
        await settled(sender, connection)
        await there.stop()
        meanwhile = await happen(machine.database, CITY, 20)
        await settled(sender, connection)
        await there.start()
        while len(there.got) < 25:
            await forward(connection)
            await settled(sender, connection)
        ids = [one.id for one in there.got]
        assert sorted(ids) == sorted(map(str, [*first, *meanwhile]))
        assert len(ids) == len(set(ids))


async def test_a_sender_that_dies_leaves_its_work_to_another(
    machine: Machine, settings: Settings, connection: asyncpg.Connection
) -> None:
    async with receiver(hangs=True) as there:
        await machine.endpoint(there.url)
        told = await happen(machine.database, CITY, 4)
        dying = Sender(settings, machine.database, Outgoing(seconds=30))
        await until(dying, connection, lambda: there.connections == 4)
        await dying.close()  # as if it were killed: nothing of it was written down
        there.hangs = False
        other = Sender(settings, machine.database, Outgoing(seconds=1))
        await settled(other, connection)
        assert there.got == []  # the claim of the dead one holds until its lease ends
        await forward(connection)
        await settled(other, connection)
        assert sorted(one.id for one in there.got) == sorted(map(str, told))
        await other.close()


async def test_two_senders_side_by_side_send_nothing_twice(
    machine: Machine, settings: Settings, connection: asyncpg.Connection
) -> None:
    async with receiver() as there:
        await machine.endpoint(there.url)
        told = await happen(machine.database, CITY, 60)
        senders = [Sender(settings, machine.database, Outgoing(seconds=5)) for _ in range(2)]
        second = await asyncpg.connect(settings.relay_database_url)
        await asyncio.gather(*(settled(one, line) for one, line in zip(senders, (connection, second), strict=True)))
        await settled(senders[0], connection)
        assert sorted(one.id for one in there.got) == sorted(map(str, told))
        await second.close()
        for one in senders:
            await one.close()


async def test_after_a_rotation_both_secrets_verify_until_the_former_ends(
    machine: Machine, sender: Sender, connection: asyncpg.Connection
) -> None:
    async with receiver() as there:
        endpoint = await machine.endpoint(there.url)
        rotated = await machine.ask("POST", f"/endpoints/{endpoint['id']}/rotate", status=200, json={"hours": 1})
        assert rotated["secret"] != endpoint["secret"]
        await happen(machine.database, CITY)
        await settled(sender, connection)
        for secret in (endpoint["secret"], rotated["secret"]):
            Webhook(secret).verify(there.got[0].body, there.got[0].headers)
        await machine.ask("POST", f"/endpoints/{endpoint['id']}/rotate", status=200, json={"hours": 0})
        await happen(machine.database, CITY)
        await settled(sender, connection)
        with pytest.raises(WebhookVerificationError):
            Webhook(rotated["secret"]).verify(there.got[1].body, there.got[1].headers)


async def test_secrets_lie_encrypted_and_are_shown_once(machine: Machine, connection: asyncpg.Connection) -> None:
    endpoint = await machine.endpoint("https://example.go.id/hooks")
    stored = await connection.fetchval("select secret from endpoints")
    assert endpoint["secret"].encode() not in stored
    assert "secret" not in await machine.ask("GET", f"/endpoints/{endpoint['id']}", status=200)


async def test_a_ping_says_that_the_receiver_understands(
    machine: Machine, sender: Sender, connection: asyncpg.Connection
) -> None:
    async with receiver() as there:
        endpoint = await machine.endpoint(there.url)
        sent = await machine.ask("POST", f"/endpoints/{endpoint['id']}/ping", status=202)
        await settled(sender, connection)
        assert there.got[0].id == sent["event_id"]
        said = Webhook(endpoint["secret"]).verify(there.got[0].body, there.got[0].headers)
        assert said["type"] == "id.kinerja.public.webhook-ping.v1"


async def test_a_delivery_says_its_trace_and_the_feed_does_not(
    machine: Machine, sender: Sender, connection: asyncpg.Connection
) -> None:
    begun = traceparent.begun()
    async with receiver() as there:
        endpoint = await machine.endpoint(there.url)
        told = finalised(city=CITY)
        await publish(machine.database, [replace(one, traceparent=begun) for one in heard(told)])
        await settled(sender, connection)
        sent = there.got[0].headers["traceparent"]
        assert traceparent.read(sent) == traceparent.id_of(begun)
        assert sent != begun  # each attempt is a span of its own
        (feed,) = await connection.fetch("select * from feed")
        assert feed["traceparent"] == begun
        assert traceparent.id_of(begun) not in feed["body"]
        headers = machine.client.as_(machine.id, CITY, Role.INTEGRATOR, scopes=SCOPES)
        answer = await machine.client.get("/v1/events", headers=headers)
        assert answer.json()[0]["id"] == there.got[0].id
        assert traceparent.id_of(begun) not in answer.text
        log = await machine.log(endpoint)
        shown = await machine.ask("GET", f"/endpoints/{endpoint['id']}/deliveries/{log[0]['id']}", status=200)
        assert shown["log"][0]["headers"]["traceparent"] == sent


async def test_a_ping_and_its_repetition_say_the_trace_of_the_request(
    machine: Machine, sender: Sender, connection: asyncpg.Connection
) -> None:
    begun = traceparent.begun()
    async with receiver() as there:
        endpoint = await machine.endpoint(there.url)
        headers = machine.client.as_(machine.id, CITY, Role.INTEGRATOR, scopes=SCOPES) | {"traceparent": begun}
        pinged = await machine.client.post(f"/v1/endpoints/{endpoint['id']}/ping", headers=headers)
        await settled(sender, connection)
        path = f"/endpoints/{endpoint['id']}/deliveries/{pinged.json()['id']}/redeliver"
        await machine.ask("POST", path, status=202)
        await settled(sender, connection)
        said = [traceparent.read(one.headers["traceparent"]) for one in there.got]
        assert said == [traceparent.id_of(begun)] * 2


async def test_the_log_says_what_was_sent_and_answered(
    machine: Machine, sender: Sender, connection: asyncpg.Connection
) -> None:
    async with receiver(answer="503 Service Unavailable", more="retry-after: 900\r\n") as there:
        endpoint = await machine.endpoint(there.url)
        (event,) = await happen(machine.database, CITY)
        await settled(sender, connection)
        (waiting,) = await machine.log(endpoint, state="PENDING")
        wait = datetime.fromisoformat(waiting["next_at"]) - datetime.now(UTC)
        assert wait > timedelta(minutes=14)  # it asked for a quarter of an hour
        there.answer = "200 OK"
        await forward(connection)
        await settled(sender, connection)
        (delivered,) = await machine.log(endpoint, state="DELIVERED")
        told = await machine.ask("GET", f"/endpoints/{endpoint['id']}/deliveries/{delivered['id']}", status=200)
        assert [one["status"] for one in told["log"]] == [503, 200]
        assert (told["event_id"], told["attempts"], told["body"]) == (str(event), 2, there.got[0].body)
        assert told["log"][1]["headers"]["webhook-signature"] == there.got[1].headers["webhook-signature"]


async def test_one_message_and_a_range_are_sent_once_more_with_the_same_ids_and_bodies_signed_anew(
    machine: Machine, sender: Sender, connection: asyncpg.Connection
) -> None:
    async with receiver() as there:
        endpoint = await machine.endpoint(there.url)
        since = datetime.now(UTC).isoformat()
        told = await happen(machine.database, CITY, 4)
        await settled(sender, connection)
        once, there.got = there.got, []
        await asyncio.sleep(1.1)  # a signature holds the second
        answer = await machine.ask(
            "POST", f"/endpoints/{endpoint['id']}/replay", status=202, json={"since": since, "before": None}
        )
        assert answer == {"count": 4}
        await settled(sender, connection)
        assert sorted(one.id for one in there.got) == sorted(map(str, told))
        before, again = ({one.id: one for one in listed} for listed in (once, there.got))
        assert {one: got.body for one, got in before.items()} == {one: got.body for one, got in again.items()}
        for one, got in again.items():
            assert got.headers["webhook-signature"] != before[one].headers["webhook-signature"]
            assert got.headers["webhook-replay"] == "1"
            Webhook(endpoint["secret"]).verify(got.body, got.headers)
        there.got = []
        log = await machine.log(endpoint)
        path = f"/endpoints/{endpoint['id']}/deliveries/{log[-1]['id']}/redeliver"
        assert (await machine.ask("POST", path, status=202))["replay"] == 2
        await settled(sender, connection)
        assert [one.id for one in there.got] == [log[-1]["event_id"]]


async def test_a_message_is_given_up_after_every_attempt_and_may_be_sent_by_hand(
    machine: Machine, sender: Sender, connection: asyncpg.Connection
) -> None:
    async with receiver(answer="500 No") as there:
        endpoint = await machine.endpoint(there.url)
        await happen(machine.database, CITY)
        for _ in range(ATTEMPTS + 2):
            await settled(sender, connection)
            await forward(connection)
        assert len(there.got) == ATTEMPTS
        (failed,) = await machine.log(endpoint, state="FAILED")
        there.answer = "200 OK"
        path = f"/endpoints/{endpoint['id']}/deliveries/{failed['id']}/redeliver"
        await machine.ask("POST", path, status=202)
        await settled(sender, connection)
        assert there.got[-1].id == failed["event_id"]


async def test_an_endpoint_that_wants_nothing_is_disabled_and_going_again_it_gets_everything(
    machine: Machine, sender: Sender, connection: asyncpg.Connection
) -> None:
    async with receiver(answer="410 Gone") as there:
        endpoint = await machine.endpoint(there.url)
        first = await happen(machine.database, CITY)
        await settled(sender, connection)
        (told,) = await emitted_of(machine.database, EndpointDisabled)
        assert (told.reason_code, told.host) == (GivenUp.GONE, "127.0.0.1")
        found = await machine.ask("GET", f"/endpoints/{endpoint['id']}", status=200)
        assert (found["state"], found["disabled_because"]) == ("DISABLED", "GONE")
        await machine.ask("POST", f"/endpoints/{endpoint['id']}/ping", status=409)
        meanwhile = await happen(machine.database, CITY, 3)
        await settled(sender, connection)
        there.got, there.answer = [], "200 OK"
        await machine.ask("PATCH", f"/endpoints/{endpoint['id']}", status=200, json={"paused": False})
        await forward(connection)
        await settled(sender, connection)
        assert sorted(one.id for one in there.got) == sorted(map(str, [*first, *meanwhile]))


async def test_an_endpoint_that_wants_nothing_while_no_changes_are_taken_is_disabled_afterwards(
    machine: Machine, sender: Sender, connection: asyncpg.Connection
) -> None:
    async with receiver(answer="410 Gone") as there:
        endpoint = await machine.endpoint(there.url)
        await happen(machine.database, CITY)
        async with read_only(machine.database):
            await settled(sender, connection)
            found = await machine.ask("GET", f"/endpoints/{endpoint['id']}", status=200)
        assert (len(there.got), found["state"]) == (1, "ACTIVE")
        await forward(connection)
        await settled(sender, connection)
        found = await machine.ask("GET", f"/endpoints/{endpoint['id']}", status=200)
        assert (len(there.got), found["state"]) == (2, "DISABLED")


async def test_an_endpoint_that_fails_for_five_days_is_disabled_and_one_that_failed_for_four_is_not(
    machine: Machine, sender: Sender, connection: asyncpg.Connection
) -> None:
    async with receiver(answer="500 No") as there:
        endpoints = [await machine.endpoint(there.url) for _ in range(2)]
        await happen(machine.database, CITY)
        await settled(sender, connection)
        for endpoint, days in zip(endpoints, (5, 4), strict=True):
            since = datetime.now(UTC) - timedelta(days=days, seconds=1)
            await connection.execute("update endpoints set failing_since = $1 where id = $2", since, endpoint["id"])
        sender._looked = float("-inf")
        await settled(sender, connection)
        states = [(await machine.ask("GET", f"/endpoints/{one['id']}", status=200))["state"] for one in endpoints]
        assert states == ["DISABLED", "ACTIVE"]
        (told,) = await emitted_of(machine.database, EndpointDisabled)
        assert told.reason_code is GivenUp.FAILING


async def test_an_endpoint_that_rests_gets_later_what_happened_meanwhile(
    machine: Machine, sender: Sender, connection: asyncpg.Connection
) -> None:
    async with receiver() as there:
        endpoint = await machine.endpoint(there.url)
        await machine.ask("PATCH", f"/endpoints/{endpoint['id']}", status=200, json={"paused": True})
        told = await happen(machine.database, CITY, 3)
        await settled(sender, connection)
        assert there.got == []
        await machine.ask("PATCH", f"/endpoints/{endpoint['id']}", status=200, json={"paused": False})
        await settled(sender, connection)
        assert sorted(one.id for one in there.got) == sorted(map(str, told))


async def test_a_machine_that_lost_its_role_is_told_nothing(
    machine: Machine, sender: Sender, connection: asyncpg.Connection
) -> None:
    async with receiver() as there:
        await machine.endpoint(there.url)
        await admit(machine.database, CITY, {machine.id: Role.INTEGRATOR}, revision=2, active=False)
        await happen(machine.database, CITY, 3)
        await settled(sender, connection)
        assert there.connections == 0


async def test_nobody_is_told_of_another_city(machine: Machine, sender: Sender, connection: asyncpg.Connection) -> None:
    async with receiver() as there:
        await machine.endpoint(there.url)
        await happen(machine.database, "14.72", 3)
        await settled(sender, connection)
        assert there.connections == 0


async def test_types_that_the_scopes_do_not_open_are_refused(machine: Machine) -> None:
    url = "https://example.go.id/hooks"
    await machine.ask(
        "POST", "/endpoints", status=403, json={"url": url, "types": ["id.kinerja.public.cycle-opened.v1"]}
    )
    await machine.ask("POST", "/endpoints", status=409, json={"url": url}, scopes=())
    made = await machine.endpoint(url)
    assert made["types"] == [FINAL, SUPERSEDED]
    (told,) = await emitted_of(machine.database, EndpointRegistered)
    assert (told.host, told.owner_id) == ("example.go.id", machine.id)


async def test_an_endpoint_is_its_machines_own(machine: Machine) -> None:
    endpoint = await machine.endpoint("https://example.go.id/hooks")
    other = Machine(machine.client, machine.database)
    await admit(machine.database, CITY, {other.id: Role.INTEGRATOR})
    for method, path in (("GET", ""), ("DELETE", ""), ("POST", "/ping"), ("POST", "/rotate"), ("GET", "/deliveries")):
        await other.ask(method, f"/endpoints/{endpoint['id']}{path}", status=404)
    assert (await other.ask("GET", "/endpoints", status=200))["items"] == []


async def test_what_is_removed_is_told_no_more(
    machine: Machine, sender: Sender, connection: asyncpg.Connection
) -> None:
    async with receiver() as there:
        endpoint = await machine.endpoint(there.url)
        await happen(machine.database, CITY)
        await settled(sender, connection)
        await machine.ask("DELETE", f"/endpoints/{endpoint['id']}", status=204)
        await happen(machine.database, CITY)
        await settled(sender, connection)
        assert len(there.got) == 1
        assert await connection.fetchval("select count(*) from webhook_deliveries") == 0


async def test_one_that_hangs_keeps_nobody_else_waiting(
    machine: Machine, sender: Sender, connection: asyncpg.Connection
) -> None:
    async with receiver(hangs=True) as dead, receiver() as alive:
        await machine.endpoint(dead.url)
        await machine.endpoint(alive.url)
        await happen(machine.database, CITY, 200)
        await until(sender, connection, lambda: len(alive.got) == 200)
        assert dead.connections <= 16  # its own places, and after the first failures a single one


async def test_operations_read_which_endpoints_fail_in_numbers_and_no_machine_does(
    machine: Machine, sender: Sender, connection: asyncpg.Connection
) -> None:
    operator = new_id()
    await admit(machine.database, CITY, {operator: Role.OPERATIONS})
    async with receiver(answer="500 Internal Server Error") as there:
        endpoint = await machine.endpoint(f"{there.url}?secret=1")
        await happen(machine.database, CITY, 3, subject="one plan")
        await settled(sender, connection)
    asked = machine.client.as_(operator, CITY, Role.OPERATIONS)
    answer = await machine.client.get("/v1/webhooks", headers=asked)
    [found] = answer.json()["items"]
    assert (found["id"], found["host"], found["state"]) == (endpoint["id"], "127.0.0.1", "ACTIVE")
    assert found["failing_since"] is not None
    assert (found["waiting"], found["failed"]) == (3, 0)
    assert "secret" not in answer.text
    await machine.ask("GET", "/webhooks", status=403)
