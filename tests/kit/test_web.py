"""The HTTP door: refused by default, one transaction a request, answers kept, problems in the reader's language."""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator
from typing import Annotated
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI, Query, UploadFile
from pydantic import BaseModel
from sqlalchemy import text

from contracts.base import Relation, Role, new_id
from contracts.plans.plans import PlanDrafted
from kit import web
from kit.access import permits
from kit.db import Database
from kit.errors import Refused, Stale
from kit.outbox import emit
from kit.web import Acting, Session
from tests.conftest import SettingsOf
from tests.support.client import Client
from tests.support.emitted import emitted
from tests.support.employment import AsTheTokenSays
from tests.support.issuer import Issuer
from tests.support.read_only import read_only

pytestmark = pytest.mark.connected
CITY = "16.71"


class Wish(BaseModel):
    """What the tests ask for."""

    plan_id: UUID
    fail: str = ""


router = web.router()


@router.post("/wishes", status_code=201, **permits(Relation.ANYONE))
async def wish(body: Wish, session: Session, acting: Acting, *, dry_run: bool = False) -> dict[str, str | bool]:
    await asyncio.sleep(0.05)  # long enough for a twin to arrive meanwhile
    event_id = emit(
        session, PlanDrafted(tenant_id=acting.tenant_id, plan_id=body.plan_id, cycle_id=new_id(), servant_id=acting.id)
    )
    await session.flush()
    if body.fail == "refused":
        raise Refused("the plan is set already", "rencana sudah ditetapkan", state="SET")
    if body.fail == "stale":
        raise Stale("changed", "sudah berubah")
    return {"event": str(event_id), "dry_run": dry_run}


@router.get("/wishes", **permits(Relation.ANYONE))
async def wishes(acting: Acting, limit: Annotated[int, Query(le=10)] = 5) -> dict[str, str | int | list[str]]:
    return {"who": str(acting), "limit": limit, "roles": sorted(acting.roles)}


collisions = Counter[str]()
COLLIDE = text("do $$ begin raise exception using errcode = '40P01', message = 'deadlock detected'; end $$")


@router.post("/uploads", status_code=201, **permits(Relation.ANYONE))
async def upload(file: UploadFile, session: Session, times: Annotated[int, Query()] = 0) -> dict[str, str | int]:
    """Read the file and lose against another transaction so many times."""
    content = (await file.read()).decode()
    collisions[content] += 1
    if collisions[content] <= times:
        await session.execute(COLLIDE)
    return {"content": content, "runs": collisions[content]}


@router.get("/noted", **permits(Relation.ANYONE))
async def noted(session: Session, acting: Acting) -> dict[str, str]:
    """A reading that writes down who read."""
    emit(session, PlanDrafted(tenant_id=acting.tenant_id, plan_id=new_id(), cycle_id=new_id(), servant_id=acting.id))
    return {}


@pytest.fixture
def app(settings_of: SettingsOf, kit_db: Database) -> FastAPI:
    return web.application("notify", settings_of(kit_db), kit_db, router, employment=AsTheTokenSays())


@pytest.fixture
async def client(app: FastAPI, issuer: Issuer) -> AsyncIterator[Client]:
    async with Client(app, issuer) as made:
        yield made


ANI, BUDI = new_id(), new_id()


def body(fail: str = "") -> dict[str, str]:
    return {"plan_id": str(new_id()), "fail": fail}


async def test_nobody_enters_without_a_token_that_verifies(client: Client, issuer: Issuer, tmp_path: object) -> None:
    fine = issuer.header(ANI, CITY)
    expired = {"Authorization": f"Bearer {issuer.token(ANI, CITY, minutes=-1)}"}
    for headers in ({}, expired, {"Authorization": "Bearer nonsense"}, {"Authorization": "Basic YTpi"}):
        refused = await client.get("/v1/wishes", headers=headers)
        assert (refused.status_code, refused.headers["WWW-Authenticate"]) == (401, "Bearer")
        assert refused.headers["content-type"] == "application/problem+json"
    assert (await client.get("/v1/wishes", headers=fine)).json()["who"] == str(ANI)


async def test_a_token_of_a_stranger_is_refused(client: Client, tmp_path_factory: pytest.TempPathFactory) -> None:
    stranger = Issuer(tmp_path_factory.mktemp("stranger"))
    assert (await client.get("/v1/wishes", headers=stranger.header(ANI, CITY))).status_code == 401


async def test_roles_travel_in_the_token(client: Client) -> None:
    answer = await client.get("/v1/wishes", headers=client.as_(ANI, CITY, Role.PANEL, Role.PERFORMANCE_OFFICE))
    assert answer.json()["roles"] == ["PANEL", "PERFORMANCE_OFFICE"]


async def test_a_problem_is_told_in_the_readers_language(client: Client) -> None:
    headers = client.as_(ANI, CITY)
    english = (await client.post("/v1/wishes", json=body("refused"), headers=headers)).json()
    assert english == {
        "type": "https://kinerja.id/problems/refused",
        "title": "Not possible in this state",
        "status": 409,
        "detail": "the plan is set already",
        "instance": "/v1/wishes",
        "trace": english["trace"],
        "state": "SET",
    }
    assert re.fullmatch("[0-9a-f]{8}", english["trace"])
    for accepted in ("id", "id-ID,en;q=0.5", "fr"):
        answer = await client.post("/v1/wishes", json=body("refused"), headers=headers | {"Accept-Language": accepted})
        assert answer.json()["detail"] == "rencana sudah ditetapkan"


async def test_a_malformed_request_says_where(client: Client) -> None:
    answer = await client.post("/v1/wishes", json={"plan_id": "x"}, headers=client.as_(ANI, CITY))
    assert (answer.status_code, answer.json()["type"]) == (422, "https://kinerja.id/problems/invalid")
    assert answer.json()["errors"][0]["where"] == "body.plan_id"
    missing = await client.get("/v1/nowhere", headers=client.as_(ANI, CITY))
    assert (missing.status_code, missing.headers["content-type"]) == (404, "application/problem+json")


async def test_a_refused_request_tells_nothing(client: Client, kit_db: Database) -> None:
    headers = client.as_(ANI, CITY)
    assert (await client.post("/v1/wishes", json=body("stale"), headers=headers)).status_code == 412
    assert await emitted(kit_db) == []
    assert (await client.post("/v1/wishes", json=body(), headers=headers)).status_code == 201
    assert len(await emitted(kit_db)) == 1


@pytest.mark.parametrize("key", [None, "a"])
async def test_an_upload_that_lost_a_collision_is_read_again(client: Client, key: str | None) -> None:
    content = f"nip,nama {new_id()}"
    answer = await client.post(
        "/v1/uploads?times=2", files={"file": ("people.csv", content)}, headers=client.as_(ANI, CITY, key=key)
    )
    assert (answer.status_code, answer.json()) == (201, {"content": content, "runs": 3})


async def test_who_always_loses_is_told_so_in_the_end(client: Client) -> None:
    files = {"file": ("people.csv", f"nip,nama {new_id()}")}
    answer = await client.post("/v1/uploads?times=3", files=files, headers=client.as_(ANI, CITY))
    assert (answer.status_code, answer.json()["type"]) == (503, "https://kinerja.id/problems/busy")
    assert answer.headers["Retry-After"] == "2"


class TestIdempotencyKey:
    """The cases of a key that comes again."""

    async def ask(self, client: Client, key: str | None, *, who: UUID = ANI, **wanted: object) -> httpx.Response:
        headers = client.as_(who, str(wanted.pop("city", CITY)), key=key)
        return await client.post("/v1/wishes", json=wanted, headers=headers)

    async def test_the_same_request_gets_the_same_answer_and_tells_once(self, client: Client, kit_db: Database) -> None:
        plan_id = str(new_id())
        first, second = [await self.ask(client, "a", plan_id=plan_id) for _ in range(2)]
        assert (first.status_code, first.json()) == (second.status_code, second.json())
        assert second.headers["content-type"] == "application/json"
        assert len(await emitted(kit_db)) == 1

    async def test_twins_at_the_same_time_get_the_same_answer(self, client: Client, kit_db: Database) -> None:
        plan_id = str(new_id())
        answers = await asyncio.gather(*(self.ask(client, "a", plan_id=plan_id) for _ in range(4)))
        assert {(answer.status_code, answer.text) for answer in answers} == {(201, answers[0].text)}
        assert len(await emitted(kit_db)) == 1

    async def test_another_request_under_the_same_key_is_refused(self, client: Client, kit_db: Database) -> None:
        await self.ask(client, "a", plan_id=str(new_id()))
        refused = await self.ask(client, "a", plan_id=str(new_id()))
        assert (refused.status_code, refused.json()["type"]) == (409, "https://kinerja.id/problems/refused")
        assert len(await emitted(kit_db)) == 1

    async def test_another_query_under_the_same_key_is_another_request(self, client: Client, kit_db: Database) -> None:
        wanted, headers = body(), client.as_(ANI, CITY, key="a")
        targets = ("/v1/wishes?dry_run=true", "/v1/wishes", "/v1/wishes?dry_run=false", "/v1/wishes?dry_run=true")
        answers = [(await client.post(target, json=wanted, headers=headers)).status_code for target in targets]
        assert answers == [201, 409, 409, 201]
        assert len(await emitted(kit_db)) == 1

    async def test_a_refused_request_is_judged_anew(self, client: Client, kit_db: Database) -> None:
        plan_id = str(new_id())
        for _ in range(2):
            assert (await self.ask(client, "a", plan_id=plan_id, fail="refused")).status_code == 409
        assert (await self.ask(client, "a", plan_id=plan_id)).status_code == 201
        assert len(await emitted(kit_db)) == 1

    async def test_a_twin_of_a_refused_request_is_judged_by_itself(self, client: Client, kit_db: Database) -> None:
        plan_id = str(new_id())
        twins = (self.ask(client, "a", plan_id=plan_id, fail="refused") for _ in range(2))
        assert [answer.status_code for answer in await asyncio.gather(*twins)] == [409, 409]
        assert await emitted(kit_db) == []

    async def test_keys_belong_to_a_person_of_a_city(self, client: Client, kit_db: Database) -> None:
        plan_id = str(new_id())
        answers = [
            await self.ask(client, "a", plan_id=plan_id),
            await self.ask(client, "a", plan_id=plan_id, who=BUDI),
            await self.ask(client, "a", plan_id=plan_id, city="14.72"),
        ]
        assert len({answer.json()["event"] for answer in answers}) == 3
        assert len(await emitted(kit_db)) == 3

    async def test_other_keys_and_no_key_are_new_requests(self, client: Client, kit_db: Database) -> None:
        plan_id = str(new_id())
        for key in ("a", "b", None, None):
            assert (await self.ask(client, key, plan_id=plan_id)).status_code == 201
        assert len(await emitted(kit_db)) == 4

    async def test_reading_needs_no_key_and_keeps_nothing(self, client: Client) -> None:
        for limit in (1, 2):
            answer = await client.get(f"/v1/wishes?limit={limit}", headers=client.as_(ANI, CITY, key="a"))
            assert answer.json()["limit"] == limit


class TestReadOnly:
    """The cases of a database that takes no changes."""

    async def test_it_is_read_and_a_change_is_refused_in_the_readers_language(
        self, client: Client, kit_db: Database
    ) -> None:
        headers = client.as_(ANI, CITY, key="later")
        async with read_only(kit_db):
            assert (await client.get("/v1/wishes", headers=headers)).status_code == 200
            refused = await client.post("/v1/wishes", json=body(), headers=headers)
            told = await client.post("/v1/wishes", json=body(), headers=headers | {"Accept-Language": "id"})
            ready = await client.get("/health/ready")
        assert (refused.status_code, refused.json()["type"]) == (503, "https://kinerja.id/problems/read-only")
        assert refused.headers["Retry-After"] == "60"
        assert "nothing was changed" in refused.json()["detail"]
        assert "tidak ada yang diubah" in told.json()["detail"]
        assert (ready.status_code, ready.json()) == (200, {"status": "ready", "changes": "refused"})
        assert await emitted(kit_db) == []

    async def test_afterwards_the_same_request_is_done_once(self, client: Client, kit_db: Database) -> None:
        headers, wanted = client.as_(ANI, CITY, key="again"), body()
        async with read_only(kit_db):
            assert (await client.post("/v1/wishes", json=wanted, headers=headers)).status_code == 503
        answers = [await client.post("/v1/wishes", json=wanted, headers=headers) for _ in range(2)]
        assert [one.status_code for one in answers] == [201, 201]
        assert len(await emitted(kit_db)) == 1
        await asyncio.sleep(0.6)  # longer than an answer about readiness counts
        assert (await client.get("/health/ready")).json() == {"status": "ready"}

    async def test_a_reading_that_must_be_noted_and_cannot_be_is_refused(
        self, client: Client, kit_db: Database
    ) -> None:
        async with read_only(kit_db):
            refused = await client.get("/v1/noted", headers=client.as_(ANI, CITY))
        assert (refused.status_code, refused.json()["type"]) == (503, "https://kinerja.id/problems/read-only")
        assert "note who reads" in refused.json()["detail"]
