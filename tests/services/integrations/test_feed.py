"""The feed as a machine of the city reads it: in order, whole, each event once, and nothing that is not for it."""

import asyncio
import json
from datetime import timedelta

import pytest

from contracts.base import Role, new_id
from contracts.public.scopes import CITY as CITY_SCOPE
from contracts.public.scopes import PERSON, scope_of
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.integrations.machines import admit
from tests.services.integrations.published import (
    CITY,
    ELSEWHERE,
    NOON,
    assessed,
    closed,
    finalised,
    heard,
    publish,
    reader,
    superseded,
)

pytestmark = pytest.mark.connected


async def test_a_machine_reads_what_is_published_in_order_and_never_the_rest(
    integrations_db: Database, client_of: ClientOf
) -> None:
    result = finalised()
    told = heard(result, assessed(), closed(), superseded(result))
    assert await publish(integrations_db, told) == 3
    machine = await reader(integrations_db, client_of("integrations", integrations_db))
    read = await machine.follow()
    assert [one["type"].split(".")[3] for one in read] == ["result-finalised", "phase-closed", "result-superseded"]
    assert [one["sequence"] for one in read] == ["000000000001", "000000000002", "000000000003"]
    first = read[0]
    assert first["source"] == f"/cities/{CITY}/evaluation"
    assert (first["subject"], first["person"]) == (str(result.appraisal_id), str(result.servant_id))
    assert first["data"]["local_score"] == "97.25"
    assert str(result.rater_id) not in json.dumps(read)
    assert "88.10" not in json.dumps(read)


async def test_the_same_event_heard_twice_is_published_once(integrations_db: Database, client_of: ClientOf) -> None:
    told = heard(finalised(), closed())
    assert await publish(integrations_db, [*told, told[0]]) == 2
    assert await publish(integrations_db, [*told, *heard(closed())]) == 1
    machine = await reader(integrations_db, client_of("integrations", integrations_db))
    read = await machine.follow()
    assert len({one["id"] for one in read}) == len(read) == 3


async def test_pages_follow_one_another_without_a_gap_and_go_on_when_more_comes(
    integrations_db: Database, client_of: ClientOf
) -> None:
    machine = await reader(integrations_db, client_of("integrations", integrations_db))
    machine.where = "/v1/events?limit=2"
    assert await machine.follow() == []
    await publish(integrations_db, heard(*[closed() for _ in range(5)]))
    assert [len(page) async for page in machine.pages()] == [2, 2, 1]
    await publish(integrations_db, heard(closed(), closed()))
    assert [one["sequence"][-1] for one in await machine.follow()] == ["6", "7"]


async def test_a_full_page_is_kept_by_whoever_reads_it_and_one_with_room_left_is_not(
    integrations_db: Database, client_of: ClientOf
) -> None:
    await publish(integrations_db, heard(closed(), closed(), closed()))
    machine = await reader(integrations_db, client_of("integrations", integrations_db))
    full = await machine.get("/v1/events", limit=3)
    assert "immutable" in full.headers["Cache-Control"]
    await publish(integrations_db, heard(closed()))
    again = await machine.client.get(
        "/v1/events?limit=3", headers=machine.headers | {"If-None-Match": full.headers["ETag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
    partial = await machine.get("/v1/events", limit=5)
    assert partial.headers["Cache-Control"] == "private, no-cache"
    assert partial.headers["Vary"] == "Authorization"


async def test_filters_by_type_subject_person_and_time(integrations_db: Database, client_of: ClientOf) -> None:
    one, other = finalised(), finalised()
    await publish(integrations_db, heard(one, other, closed(), time=NOON))
    await publish(integrations_db, heard(superseded(one), time=NOON + timedelta(days=2)))
    machine = await reader(integrations_db, client_of("integrations", integrations_db))

    async def found(**query: object) -> list[str]:
        return [event["type"].split(".")[3] for event in (await machine.get("/v1/events", **query)).json()]

    assert await found(type="phase-closed") == ["phase-closed"]
    assert await found(type=["id.kinerja.public.phase-closed.v1", "result-superseded"]) == [
        "phase-closed",
        "result-superseded",
    ]
    assert await found(subject=str(one.appraisal_id)) == ["result-finalised", "result-superseded"]
    assert await found(person=str(other.servant_id)) == ["result-finalised"]
    assert await found(**{"from": (NOON + timedelta(days=1)).isoformat()}) == ["result-superseded"]
    assert (await machine.get("/v1/events", type="salaries")).status_code == 422


async def test_the_scopes_of_the_token_decide_what_is_read(integrations_db: Database, client_of: ClientOf) -> None:
    result = finalised()
    await publish(integrations_db, heard(result, closed()))
    client = client_of("integrations", integrations_db)
    city = await reader(integrations_db, client, scopes=(CITY_SCOPE,))
    payroll = await reader(integrations_db, client, scopes=(scope_of("result-finalised"),))
    [about_nobody] = await city.follow()
    [about_one] = await payroll.follow()
    assert (about_nobody["data"]["early"], about_one["data"]["result_id"]) == (True, str(result.result_id))
    refused = await city.get("/v1/events", type="result-finalised")
    assert (refused.status_code, "events:result-finalised" in refused.json()["detail"]) == (403, True)
    assert (await city.get(f"/v1/events/{about_one['id']}")).status_code == 404
    assert (await payroll.get(f"/v1/events/{about_one['id']}")).json() == about_one
    for scopes in ((), ("email", "events:salaries")):
        nothing = await reader(integrations_db, client, scopes=scopes)
        assert (await nothing.get("/v1/events")).status_code == 403


async def test_a_machine_of_one_city_sees_nothing_of_another(integrations_db: Database, client_of: ClientOf) -> None:
    await publish(integrations_db, heard(finalised(city=ELSEWHERE)))
    await publish(integrations_db, heard(closed()))
    client = client_of("integrations", integrations_db)
    here, there = await reader(integrations_db, client), await reader(integrations_db, client, city=ELSEWHERE)
    [ours], [theirs] = await here.follow(), await there.follow()
    assert (ours["city"], theirs["city"]) == (CITY, ELSEWHERE)
    assert ours["sequence"] == theirs["sequence"] == "000000000001"
    assert (await here.get(f"/v1/events/{theirs['id']}")).status_code == 404
    here.city = ELSEWHERE  # a token of that city, of a machine that it never declared
    assert (await here.get("/v1/events")).status_code == 403


async def test_a_machine_whose_declaration_ended_reads_no_more(integrations_db: Database, client_of: ClientOf) -> None:
    machine = await reader(integrations_db, client_of("integrations", integrations_db))
    assert (await machine.get("/v1/events")).status_code == 200
    await admit(integrations_db, CITY, {machine.id: Role.INTEGRATOR}, revision=2, active=False)
    await admit(integrations_db, CITY, {machine.id: Role.INTEGRATOR}, revision=1)  # told again, late
    assert (await machine.get("/v1/events")).status_code == 403


async def test_who_waits_is_answered_when_something_comes_and_not_for_what_it_does_not_want(
    integrations_db: Database, client_of: ClientOf
) -> None:
    machine = await reader(integrations_db, client_of("integrations", integrations_db))
    waiting = asyncio.create_task(machine.get("/v1/events", wait=20, type="result-finalised"))
    await asyncio.sleep(0.3)
    await publish(integrations_db, heard(closed()))
    await asyncio.sleep(0.6)
    assert not waiting.done()
    await publish(integrations_db, heard(finalised()))
    async with asyncio.timeout(5):
        answer = await waiting
    assert [event["sequence"] for event in answer.json()] == ["000000000002"]


async def test_who_waits_in_vain_gets_an_empty_page_and_a_link(integrations_db: Database, client_of: ClientOf) -> None:
    machine = await reader(integrations_db, client_of("integrations", integrations_db))
    answer = await machine.get("/v1/events", wait=1)
    assert (answer.status_code, answer.json()) == (200, [])
    assert "wait" not in answer.links["next"]["url"]
    async with asyncio.timeout(20):  # refused at once, and not after thirty seconds
        assert (await machine.get("/v1/events", wait=31)).status_code == 422


async def test_a_cursor_of_another_list_is_refused(integrations_db: Database, client_of: ClientOf) -> None:
    await publish(integrations_db, heard(closed(), closed()))
    machine = await reader(integrations_db, client_of("integrations", integrations_db))
    chain = await machine.get("/v1/chain", limit=1)
    assert (await machine.get("/v1/events", cursor=chain.json()["next"])).status_code == 422
    assert (await machine.get("/v1/events", cursor="0")).status_code == 422


async def test_positions_are_seen_in_order_while_many_publish_at_once(
    integrations_db: Database, client_of: ClientOf
) -> None:
    machine = await reader(integrations_db, client_of("integrations", integrations_db))
    subjects = [new_id() for _ in range(4)]

    async def publishing(subject: object) -> None:
        for _ in range(10):
            await publish(integrations_db, heard(closed(subject)))  # type: ignore[arg-type]

    working = asyncio.gather(*map(publishing, subjects))
    while not working.done():
        await machine.follow()
    await working
    await machine.follow()
    assert [int(one["sequence"]) for one in machine.read] == list(range(1, 41))


def test_scopes_are_words_that_the_catalogue_shows() -> None:
    assert (CITY_SCOPE, PERSON, scope_of("plan-set")) == ("events", "events:person", "events:plan-set")
